"""Everything that is stored, one module a noun."""

from commitments.models.appointments import Appointment
from commitments.models.assessments import Assessment
from commitments.models.commitments import Commitment
from commitments.models.cycles import Cycle, Extension, Phase
from commitments.models.events import Event
from commitments.models.evidence import Evidence
from commitments.models.partners import Participation, Partner, PartnerActivity
from commitments.models.people import Agency, MemberState, Person
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
from commitments.models.replies import StoredReply
from commitments.models.revisions import Release, Revision
from commitments.models.updates import Update

__all__ = [
    "ActionItem",
    "Adoption",
    "Agency",
    "Appointment",
    "Assessment",
    "Commitment",
    "Cycle",
    "Event",
    "Evidence",
    "Extension",
    "MemberState",
    "Objective",
    "Participation",
    "Partner",
    "PartnerActivity",
    "Person",
    "Phase",
    "Pillar",
    "Plan",
    "PlanParagraph",
    "Release",
    "Revision",
    "RoadmapProvision",
    "StoredReply",
    "SubMeasure",
    "ThematicGroup",
    "Theme",
    "Update",
]
