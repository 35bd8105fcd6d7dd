"""What of a State is read in documents: in a report, a contribution, a comment, beside what is for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from commitments.models import Release
from commitments.readings import Kind, Words, is_noting, told
from commitments.workflow import Audience
from reporting.models import Contribution, Remark, ReportFile, Signature


def told_report(cycle: str, audience: str) -> None:
    """A document of this cycle for this audience was shown: of each State whose words in it are not for everybody."""
    if audience == Audience.PUBLIC or not is_noting():
        return
    for_all = Q(audience=Audience.PUBLIC)
    if audience == Audience.UN:
        for_all &= Q(withheld_sections=[])
    releases = Release.objects.released_to(audience).filter(cycle__slug=cycle).exclude(for_all)
    signed = Signature.objects.in_force().released_to(audience).filter(contribution__cycle__slug=cycle)
    states = releases.order_by().values_list("commitment__member_state")
    narrow = signed.exclude(audience=Audience.PUBLIC).order_by().values_list("contribution__member_state")
    told(*(Words(state, Kind.REPORT, cycle, part=audience) for (state,) in states.union(narrow)))


def told_contribution(one: Contribution) -> None:
    """The statement and the explanation as they are being written, or as they were signed."""
    told(Words(one.member_state_id, Kind.CONTRIBUTION, one.key, one.version))


def told_remarks(remarks: Iterable[Remark]) -> None:
    """Comments of States on a draft."""
    told(*(remark_words(row.member_state_id, row.report.cycle.slug, row.uid) for row in remarks))


def told_file(file: ReportFile) -> None:
    """A file of a report; as it stands it holds the comments of States too."""
    told_report(file.report.cycle.slug, file.report.audience)
    if file.edition_id is None and is_noting():
        told_remarks(Remark.objects.filter(report=file.report).select_related("report__cycle"))


def remark_words(state_id: int, cycle: str, uid: Any) -> Words:
    return Words(state_id, Kind.COMMENT, cycle, part=str(uid))


def signature_words(row: dict[str, Any]) -> Words | None:
    """A signed statement: for its audience; the explanation in it for the State and the UN alone."""
    if row["audience"] == Audience.PUBLIC and not row.get("explanation"):
        return None
    return Words(row["_state_id"], Kind.CONTRIBUTION, row["key"], but_for_withheld=row["audience"] == Audience.PUBLIC)
