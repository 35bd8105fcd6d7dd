"""How the domain says no. Knows no HTTP: `jpoa/refusals.py` alone turns a refusal into a status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Problem:
    """One broken rule, on one field."""

    field: str
    rule: str
    message: Any  # a plain or a lazily translated string


class Refused(Exception):
    """The domain says no, why, and what the caller may know to do better."""

    code = "refused"
    title: Any = _("This was refused.")

    def __init__(self, detail: Any = "", *, problems: list[Problem] | None = None, **facts: Any) -> None:
        super().__init__(str(detail or self.title))
        self.detail = detail or self.title
        self.problems = problems or []
        self.facts = facts

    @property
    def in_words(self) -> str:
        """Why, in a line: each problem where there are any, or what is said of the whole."""
        return " ".join(str(problem.message) for problem in self.problems) or str(self.detail)


class Invalid(Refused):
    """Incomplete or malformed; `problems` names each field and rule."""

    code = "invalid"
    title = _("Something in what was sent cannot be accepted.")


class Forbidden(Refused):
    """Visible to the caller, but not theirs to do."""

    code = "forbidden"
    title = _("Your role does not allow this.")


class NotVisible(Refused):
    """Absent, or not the caller's to see: the two cannot be told apart."""

    code = "not-found"
    title = _("There is nothing here that you can see.")


class WrongStatus(Refused):
    """The move does not exist from the present status; facts carry `status` and `allowed_moves`."""

    code = "wrong-status"
    title = _("This cannot be done at the present stage.")


class VersionMissing(Refused):
    """The caller did not say which version they read."""

    code = "version-missing"
    title = _("Say which version you have read.")


class StaleVersion(Refused):
    """Somebody wrote in between; facts carry `version`, the current one."""

    code = "stale-version"
    title = _("Somebody has changed this since you read it.")


class WindowClosed(Refused):
    """The cycle does not accept writing now."""

    code = "window-closed"
    title = _("The reporting window is closed.")


def check_version(read: int | None, current: int) -> None:
    """Raise VersionMissing or StaleVersion, with the version in force, unless the caller has read this very one."""
    if read is None:
        raise VersionMissing(version=current)
    if read != current:
        raise StaleVersion(version=current)
