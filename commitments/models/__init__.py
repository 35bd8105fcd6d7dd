"""Everything that is stored, one module a noun."""

from commitments.models.appointments import Appointment
from commitments.models.assessments import Assessment
from commitments.models.batches import Batch, BatchRow
from commitments.models.commitments import Commitment, Planned
from commitments.models.cycles import Cycle, Extension, Phase
from commitments.models.events import Event
from commitments.models.evidence import Evidence
from commitments.models.invitations import Invitation
from commitments.models.notices import Choice, Digest, Notice
from commitments.models.partners import Participation, Partner, PartnerActivity
from commitments.models.people import Agency, MemberState, Person, TokenName
from commitments.models.plan import (
    ActionItem,
    Adoption,
    Objective,
    Pillar,
    Plan,
    PlanParagraph,
    RoadmapProvision,
    SubMeasure,
    ThematicGroup,
    Theme,
)
from commitments.models.readings import Reading
from commitments.models.reminders import CalendarAddress, Reminder
from commitments.models.replies import StoredReply
from commitments.models.revisions import Release, Revision
from commitments.models.updates import Update

__all__ = [
    "ActionItem",
    "Adoption",
    "Agency",
    "Appointment",
    "Assessment",
    "Batch",
    "BatchRow",
    "CalendarAddress",
    "Choice",
    "Commitment",
    "Cycle",
    "Digest",
    "Event",
    "Evidence",
    "Extension",
    "Invitation",
    "MemberState",
    "Notice",
    "Objective",
    "Participation",
    "Partner",
    "PartnerActivity",
    "Person",
    "Phase",
    "Pillar",
    "Plan",
    "PlanParagraph",
    "Planned",
    "Reading",
    "Release",
    "Reminder",
    "Revision",
    "RoadmapProvision",
    "StoredReply",
    "SubMeasure",
    "ThematicGroup",
    "Theme",
    "TokenName",
    "Update",
]
