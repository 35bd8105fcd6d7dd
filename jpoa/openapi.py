"""How the API describes itself: the title, the page of documents, and names of the lists of choices."""

from typing import Any

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "JPoA Tracker API",
    "VERSION": "1",
    "DESCRIPTION": "What the Joint Plan of Action asks for, and what the Member States report on it.",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
    "ENUM_NAME_OVERRIDES": {
        "RatingEnum": "commitments.content.Rating",
        "TrendEnum": "commitments.content.Trend",
        "AnswerEnum": "commitments.content.Answer",
        "AudienceEnum": "commitments.workflow.Audience",
        "StatusEnum": "commitments.workflow.Status",
        "RoleEnum": "commitments.workflow.Role",
        "MoveEnum": "commitments.workflow.MOVE_NAMES",
        "SectionEnum": "commitments.content.SECTIONS",
        "LanguageEnum": "commitments.content.LANGUAGES",
        "AddresseeEnum": "commitments.models.plan.Addressee",
        "PhaseEnum": "commitments.models.Phase",
        "EvidenceKindEnum": "commitments.models.Evidence.Kind",
        "EvidenceScanEnum": "commitments.models.Evidence.Scan",
        "ReadingKindEnum": "commitments.models.Reading.Kind",
        "ReadingChannelEnum": "commitments.models.Reading.Channel",
        "ReportKindEnum": "reporting.models.Kind",
        "ReportLanguageEnum": "reporting.reports.LANGUAGES",
        "RecommendationAddresseeEnum": "reporting.models.Addressee",
        "PassageFormEnum": "reporting.models.Form",
        "EditionFormEnum": "reporting.models.Edition.Form",
    },
}
