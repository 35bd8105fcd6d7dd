"""What a national coordinator signs for: the manifest, and the contribution as its State's officers read it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.utils import timezone

from commitments.models import Cycle
from commitments.models.plan import OWED_BY_STATES
from commitments.workflow import CLEARED_STATUSES, Status
from reporting.document import Document
from reporting.frozen import digest, freeze
from reporting.kinds import KINDS
from reporting.manuscript import Manuscript, Passage, Statement
from reporting.models import Contribution, Signature
from reporting.queries import national_facts
from reporting.queries.words import wording
from reporting.readings import told_contribution

NATIONAL = "national"
_ITEM = "commitment__action_item__code"


def manifest(contribution: Contribution) -> tuple[bytes, int]:
    """What a signature covers, as canonical JSON, and how many updates are due and not cleared.

    Every update that is cleared or beyond, by item: its status, the hash of its revision and its audience; one under
    revision as published, by the revision in force. Of the State's words their SHA-256. What is cleared for the State
    alone is among them, and the receipt goes to others: a salt that stays in the State keeps them from making the
    manifest again. Call it under the lock of `Contribution.sign`: no update moves until the signature is written.
    """
    cleared = _cleared(contribution)
    statement = {
        "audience": contribution.audience,
        "explanation": digest(contribution.explanation.encode()),
        "language": contribution.original_language,
        "text": digest(contribution.text.encode()),
        "translations": digest(freeze(contribution.translations)),
    }
    content = freeze(
        {
            "cycle": contribution.cycle.slug,
            "member_state": contribution.member_state.iso_alpha3,
            "salt": secrets.token_hex(16),
            "statement": statement,
            "updates": [cleared[item] for item in sorted(cleared)],
        }
    )
    place = (contribution.cycle_id, contribution.member_state_id)
    return content, uncleared([place]).get(place, 0)


def uncleared(places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """{(cycle, State): how many updates the State owes and has not cleared}, of these keys. One read.

    An update under revision counts as cleared while its published revision is in force.
    """
    kept = set(places)
    cycles, states = {cycle for cycle, _state in kept}, {state for _cycle, state in kept}
    owed = Q(updates__commitment__action_item__addressee__in=OWED_BY_STATES)
    open_ones = owed & ~Q(updates__status__in=CLEARED_STATUSES) & Q(updates__release=None)
    rows = Cycle.objects.filter(pk__in=cycles, updates__commitment__member_state__in=states)
    counted = rows.values("pk", state=F("updates__commitment__member_state")).annotate(
        number=Count("updates", filter=open_ones)
    )
    return {(row["pk"], row["state"]): row["number"] for row in counted}


def _cleared(contribution: Contribution) -> dict[str, dict[str, str]]:
    """{item: what is signed for}. Two reads; the updates stay locked until the transaction ends."""
    own = {"commitment__member_state": contribution.member_state_id}
    told = {}
    releases = contribution.cycle.releases.filter(**own)
    for item, revision, audience in releases.values_list(_ITEM, "revision__hash", "audience"):
        told[item] = _line(item, Status.PUBLISHED.value, revision, audience)
    updates = contribution.cycle.updates.filter(**own, status__in=CLEARED_STATUSES).order_by("pk")
    read = updates.select_related("current_revision", "commitment__action_item").select_for_update(of=("self",))
    for update in read:
        item, revision = update.commitment.action_item.code, update.current_revision
        assert revision is not None  # nosec B101  # noqa: S101 (a constraint holds it)
        told[item] = _line(item, update.status, revision.hash, update.audience)
    return told


def _line(item: str, status: str, revision: str, audience: str) -> dict[str, str]:
    return {"item": item, "status": status, "revision": revision, "audience": audience}


# --- The contribution as a document --------------------------------------------------------------


def national_document(contribution: Contribution, language: str, *, person: Any) -> Document:
    """The contribution for officers of its State: as it was signed last, or, before that, as it is being written.

    `contribution` may be one that nobody has begun. Raises NotVisible to whoever does not serve this State.
    """
    told_contribution(contribution)
    now = timezone.now()
    cycle, state = contribution.cycle, contribution.member_state
    facts = national_facts(cycle.slug, state.iso_alpha3, now=now, person=person)
    signature = _last_signature(contribution)
    made_on = now.astimezone(dt.UTC).date()
    manuscript = _signed(signature, contribution) if signature else _unsigned(contribution)
    return KINDS[NATIONAL].build(
        facts, manuscript, made_on=made_on, language=language, scope=f"state:{state.iso_alpha3}"
    )


def _last_signature(contribution: Contribution) -> Signature | None:
    return contribution.signatures.order_by("number").last() if contribution.pk else None


def _signed(signature: Signature, contribution: Contribution) -> Manuscript:
    state = contribution.member_state
    signed_on = signature.signed_at.astimezone(ZoneInfo(state.time_zone)).date()
    text = wording(signature, "text")
    statement = Statement(state.iso_alpha3, text, signature.original_language, signed_on, signature.receipt)
    return Manuscript(statements=(statement,), passages=_passages(signature, "explanation"))


def _unsigned(contribution: Contribution) -> Manuscript:
    return Manuscript(passages=(*_passages(contribution, "text"), *_passages(contribution, "explanation")))


def _passages(row: Any, field: str) -> tuple[Passage, ...]:
    """The State's words as a passage of their section; none where there are none."""
    section = "statement" if field == "text" else field
    return (Passage(section, section, wording(row, field)),) if getattr(row, field) else ()
