"""What each kind of reader will read of an update under a choice that has not been made yet.

No second copy of the rule: each kind of reader is a mandate, and is asked what every channel asks a reader's mandate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.content import FIELDS, SECTIONS, blank
from commitments.guidance import GROUPS, GUIDANCE, LANGUAGE_NAMES
from commitments.mandates import NOBODY, Holding, Mandate
from commitments.models import Evidence, Revision
from commitments.screens.wording import shown
from commitments.workflow import Audience, Role

ANOTHER_STATE = 0  # no Member State has this key


@dataclass(frozen=True)
class Kind:
    """One kind of reader, and from when on they read."""

    name: str
    short: Any
    label: Any
    since: Any


KINDS = (
    Kind(
        "state",
        _("Your State"),
        _("The focal points and coordinators of your State"),
        _("As soon as you clear it."),
    ),
    Kind("un", _("UN"), _("The UN secretariat"), _("As soon as you clear it.")),
    Kind(
        "participants",
        _("Other States"),
        _("Officers of the other participating States"),
        _("Once the secretariat has published it."),
    ),
    Kind("public", _("Public"), _("Partners and the public"), _("Once the secretariat has published it.")),
)


def mandate_of_kind(name: str, member_state_id: int) -> Mandate:
    """Somebody of this kind, as the code asks about them."""
    holdings: dict[str, tuple[Holding, ...]] = {
        "state": (Holding(Role.FOCAL_POINT, member_state_id),),
        "un": (Holding(Role.REVIEWER),),
        "participants": (Holding(Role.COORDINATOR, ANOTHER_STATE),),
    }
    return Mandate(holdings=holdings[name]) if name in holdings else NOBODY


@dataclass(frozen=True)
class Choice:
    """What the coordinator is about to decide."""

    audience: str
    withheld: Sequence[str] = ()

    @classmethod
    def of(cls, audience: Any, withheld: Iterable[str]) -> Choice:
        """From what a form sent: what is no audience is the State alone, what is no section is not withheld."""
        known = audience if audience in Audience.values else Audience.STATE
        return cls(str(known), [name for name in SECTIONS if name in set(withheld)])


class Sight:
    """What one kind of reader reads."""

    def __init__(self, kind: Kind, revision: Revision, evidence: list[Evidence], choice: Choice, state_id: int) -> None:
        self.kind, self.revision, self.choice = kind, revision, choice
        self.mandate = mandate_of_kind(kind.name, state_id)
        self.is_reader = self.mandate.reads_released(choice.audience, state_id)
        self._all_evidence, self._state_id = evidence, state_id

    @cached_property
    def row(self) -> dict[str, Any]:
        """The content as it is handed to this reader; empty where they are none."""
        if not self.is_reader:
            return {}
        row = deepcopy({name: getattr(self.revision, name) for name in FIELDS})
        if not self.mandate.reads_withheld(self._state_id):
            blank(row, self.choice.withheld)
        return row

    def words(self, name: str) -> str:
        """One field in words, empty where this reader reads none."""
        return shown(self.revision, name) if self.row.get(name) not in (None, "") else ""

    @property
    def groups(self) -> list[tuple[Any, list[tuple[Any, str]]]]:
        """All that this reader reads, by the headings of the form."""
        read = [(legend, [(GUIDANCE[name].label, self.words(name)) for name in names]) for legend, names in GROUPS]
        kept = [(legend, [part for part in parts if part[1]]) for legend, parts in read]
        return [(legend, parts) for legend, parts in kept if parts]

    @property
    def translations(self) -> list[tuple[Any, list[tuple[Any, str]]]]:
        """Translations go along with the words that they translate."""
        found = []
        for language, texts in self.row.get("translations", {}).items():
            parts = [(GUIDANCE[name].label, texts[name]) for name in SECTIONS if texts.get(name)]
            found += [(LANGUAGE_NAMES.get(language, language), parts)] if parts else []
        return found

    @property
    def evidence(self) -> list[Evidence]:
        return [piece for piece in self._all_evidence if self.reads_evidence(piece)]

    def reads_evidence(self, piece: Evidence) -> bool:
        """As `EvidenceQuerySet.shown_with_releases`: with the words, and each piece by its own audience."""
        return self.is_reader and self.mandate.reads_released(piece.audience, self._state_id)


class Preview:
    """What everybody will read of this revision under this choice."""

    def __init__(self, revision: Revision, evidence: list[Evidence], choice: Choice, state_id: int) -> None:
        self.revision, self.choice, self.evidence = revision, choice, evidence
        self.sights = [Sight(kind, revision, evidence, choice, state_id) for kind in KINDS]

    def sight(self, name: str) -> Sight:
        """That of the kind named, or the widest."""
        return next((one for one in self.sights if one.kind.name == name), self.sights[-1])

    def parts(self) -> list[tuple[Any, list[str]]]:
        """Each part that has words, and beside it "read", "withheld" or "none" for each kind of reader."""
        names = [name for _legend, group in GROUPS for name in group if shown(self.revision, name)]
        found = [
            (GUIDANCE[name].label, [_verdict(sight, sight.words(name)) for sight in self.sights]) for name in names
        ]
        for piece in self.evidence:
            label = _("Evidence: %(title)s") % {"title": piece.title}
            found.append((label, [_verdict(sight, sight.reads_evidence(piece)) for sight in self.sights]))
        return found


def _verdict(sight: Sight, read: Any) -> str:
    if not sight.is_reader:
        return "none"
    return "read" if read else "withheld"
