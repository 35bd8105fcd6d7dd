"""The named questions. `visible_to(person)` is the one rule of who sees what; every channel asks it."""

from commitments.querysets.asking import (
    KeyedQuerySet,
    PlacedQuerySet,
    as_wide_as,
    in_force,
    mandate_of,
    model_at,
    placing,
    released,
)
from commitments.querysets.people import (
    AgencyQuerySet,
    AppointmentQuerySet,
    CommitmentQuerySet,
    PartnerActivityQuerySet,
)
from commitments.querysets.reported import (
    AssessmentQuerySet,
    EventQuerySet,
    EvidenceQuerySet,
    ReleaseQuerySet,
    RevisionQuerySet,
    UpdateQuerySet,
)
from commitments.querysets.told import BatchQuerySet, NoticeQuerySet, ReminderQuerySet

__all__ = [
    "AgencyQuerySet",
    "AppointmentQuerySet",
    "AssessmentQuerySet",
    "BatchQuerySet",
    "CommitmentQuerySet",
    "EventQuerySet",
    "EvidenceQuerySet",
    "KeyedQuerySet",
    "NoticeQuerySet",
    "PartnerActivityQuerySet",
    "PlacedQuerySet",
    "ReleaseQuerySet",
    "ReminderQuerySet",
    "RevisionQuerySet",
    "UpdateQuerySet",
    "as_wide_as",
    "in_force",
    "mandate_of",
    "model_at",
    "placing",
    "released",
]
