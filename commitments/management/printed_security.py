"""Prints the tables of docs/security.md from what is in force: limits, lifetimes, quotas, files and refused words."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from commitments import content, uploads
from commitments.management.printed import table
from commitments.worksheets import package, reading

WHAT_IS_LIMITED = {
    "login": "Tries to sign in, page and API together",
    "login_failed": "Failed tries, page, codes and API together",
    "reset_password": "Letters to choose a new password",
    "reset_password_from_key": "Links of such letters opened",
    "reauthenticate": "Passwords or codes given again",
    "change_password": "Passwords changed",
    "manage_email": "Letters to confirm a new address",
}
BY = {"ip": "of one network address", "key": "of one account", "user": "of one person"}


def limits() -> str:
    """How often: of signing in from allauth's settings, of the API from Django REST framework's."""
    rows = []
    for action, words in WHAT_IS_LIMITED.items():
        for rate in settings.ACCOUNT_RATE_LIMITS[action].split(","):
            often, _slash, whose = rate.rpartition("/")
            rows.append([words, often.replace("/", " in "), BY[whose]])
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    rows.append(["Requests of the API without a token", rates["anonymous"].replace("/", " in a "), BY["ip"]])
    rows.append(["Requests of the API", rates["person"].replace("/", " in a "), BY["user"]])
    return table(["What", "How often", "Counted for"], rows)


def lifetimes() -> str:
    hours = settings.SESSION_COOKIE_AGE // 3600
    address = import_string("commitments.screens.address.LASTS") // 60
    rows = [
        ["A session, without a sign of its owner", f"{settings.SESSION_IDLE_MINUTES} minutes"],
        ["A session, in all", f"{hours} hours"],
        ["A password or code given again, for what asks for it", "5 minutes"],
        ["A token of the API by signing in", f"{settings.REST_KNOX['TOKEN_TTL'].total_seconds() / 3600:.0f} hours"],
        ["A token of the API made at the desk", f"{_joined('commitments.screens.account.LIFETIMES')} days, as chosen"],
        ["A link to choose a new password", f"{settings.PASSWORD_RESET_TIMEOUT // 60} minutes, once"],
        [
            "A link to confirm a new address",
            f"{address} minutes, once",
        ],
        ["An invitation", f"{import_string('commitments.models.invitations.LASTS').days} days, once"],
        ["A code of an authenticator", "30 seconds, once"],
        ["A recovery code", "until it is used, once"],
    ]
    return table(["What", "Lasts"], rows)


def quotas() -> str:
    """What one person, one request or the whole site may take up."""
    rows = [
        ["Characters in one section of an update", content.MAX_TEXT],
        ["Characters of a reason", content.MAX_REASON],
        ["Bytes of a body of the API or a form, without files", settings.DATA_UPLOAD_MAX_MEMORY_SIZE],
        ["Fields of a form", settings.DATA_UPLOAD_MAX_NUMBER_FIELDS],
        ["Rows of a page of the API", import_string("commitments.api.pages.MAX_LIMIT")],
        ["Characters of one parameter", import_string("commitments.api.asking.MAX_VALUE")],
        ["Tokens of one person made at the desk", import_string("commitments.screens.account.MOST_TOKENS")],
        ["Files of reports that wait for one person", import_string("reporting.background.MOST_WAITING")],
        ["Pieces of evidence of one update", import_string("commitments.models.evidence.MOST")],
        ["Bytes of all files of one update", import_string("commitments.models.evidence.MOST_BYTES")],
        ["Rows of a worksheet", reading.MAX_ROWS],
        ["Characters in all cells of a worksheet", reading.MAX_LETTERS],
        ["Bytes of a worksheet, unpacked", package.MAX_UNPACKED],
    ]
    return table(["What", "At most"], [[words, f"{number:,}"] for words, number in rows])


def files() -> str:
    """What may be attached as evidence."""
    rows = [
        ["Endings and types", ", ".join(f"`{ending}`" for ending in uploads.FILE_TYPES)],
        ["Bytes", f"{uploads.MAX_BYTES:,}"],
        ["Parts of an archive (DOCX, XLSX, ODT)", f"{uploads.MAX_PARTS:,}"],
        ["Bytes of all parts, unpacked", f"{uploads.MAX_UNPACKED:,}"],
        ["Bytes of a PDF's packed objects", f"{uploads.MAX_OBJECTS:,}"],
        ["Pixels of a picture", f"{uploads.MAX_PIXELS:,}"],
    ]
    return table(["Rule", "Value"], rows)


def words() -> str:
    """Of which no password is made."""
    return ", ".join(import_string("jpoa.passwords.WORDS_OF_THIS_PLACE")) + "."


def headers() -> str:
    closed = import_string("jpoa.headers.CLOSED")
    return table(["Header", "Value"], [[f"`{name}`", f"`{value}`"] for name, value in closed.items()])


def _joined(path: str) -> str:
    return ", ".join(map(str, import_string(path)))
