"""Reports in the making, what people write in them, their editions, and the files made of them."""

from reporting.models.contributions import Contribution, Signature
from reporting.models.editions import Edition
from reporting.models.files import ReportFile
from reporting.models.passages import Form, Passage, PassageVersion, Seat, SeatTaken
from reporting.models.recommendations import Addressee, Outcome, Recommendation
from reporting.models.remarks import Remark, Verdict
from reporting.models.reports import Kind, Report

__all__ = [
    "Addressee",
    "Contribution",
    "Edition",
    "Form",
    "Kind",
    "Outcome",
    "Passage",
    "PassageVersion",
    "Recommendation",
    "Remark",
    "Report",
    "ReportFile",
    "Seat",
    "SeatTaken",
    "Signature",
    "Verdict",
]
