"""What codes are made from stands sealed in the database, and a key is replaced without anybody noticing."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from jpoa.checks import OPEN, second_factors_are_sealed
from operations.sealing import stand_open

OLD, NEW = "old" * 20, "new" * 20
EMAIL, PASSWORD = "focal.kaz@example.org", "correct horse battery"


@pytest.fixture
def secret(world, settings) -> str:
    """Of somebody whose second factor was sealed with the old key."""
    settings.SECOND_FACTOR_KEYS = [OLD]
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(world.who("focal.kaz"), secret)
    return secret


def kept() -> str:
    """The rows, to the letter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return json.dumps([str(row) for row in cursor.fetchall()])


def opens(secret: str) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return client.get("/desk/").status_code == 200


def test_no_row_holds_what_a_code_is_made_from(world, secret):
    codes = RecoveryCodes.activate(world.who("focal.kaz"))
    seed = codes.instance.data["seed"]

    assert secret not in kept() and seed.startswith("sealed:") and stand_open() == 0
    assert codes.validate_code(codes.get_unused_codes()[0])
    assert opens(secret)


def test_a_key_is_replaced_and_the_old_one_is_needed_no_more(world, secret, settings):
    spare = RecoveryCodes.activate(world.who("focal.kaz")).get_unused_codes()[0]
    before = kept()
    settings.SECOND_FACTOR_KEYS = [NEW, OLD]

    call_command("seal_second_factors")

    settings.SECOND_FACTOR_KEYS = [NEW]
    assert kept() != before and opens(secret)
    assert RecoveryCodes.activate(world.who("focal.kaz")).validate_code(spare)


def test_rows_from_before_there_were_keys_open_until_they_are_sealed_and_after(world, secret, settings):
    Authenticator.objects.update(data={"secret": secret})
    assert (stand_open(), second_factors_are_sealed(["default"])) == (1, [OPEN])
    assert opens(secret)

    call_command("seal_second_factors")

    assert secret not in kept() and (stand_open(), second_factors_are_sealed(["default"])) == (0, [])


def test_under_other_keys_no_code_is_right_and_nothing_breaks(world, secret, settings, caplog):
    settings.SECOND_FACTOR_KEYS = [NEW]
    before = kept()

    assert not opens(secret) and not opens("") and "SECOND_FACTOR_KEYS" in caplog.text
    with pytest.raises(CommandError, match="opens 1 second factor\\."):
        call_command("seal_second_factors")
    assert kept() == before


def test_what_was_written_into_a_sealed_row_opens_nothing(world, secret):
    row = Authenticator.objects.get()
    text = row.data["secret"]
    row.data["secret"] = text[:-8] + ("A" if text[-8] != "A" else "B") + text[-7:]
    row.save()

    assert not opens(secret)
