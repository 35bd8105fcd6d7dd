"""A piece of evidence as a download."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404

from commitments.models import Evidence
from commitments.readings import told
from commitments.second_lock import unlocked

PLACE = ("cycle", "commitment__member_state", "commitment__action_item")


def evidence_file(person: Any, uid: Any) -> FileResponse:
    """The file, to whoever may see this evidence; always as a download that no browser runs. Else Http404."""
    rows = Evidence.objects.visible_to(person).select_related(*(f"update__{name}" for name in PLACE))
    with unlocked("what is released bears the key of its update, whose own row its readers do not see"):
        found = rows.filter(uid=uid, **Evidence.FETCHED).first()
    if found is None:
        raise Http404
    told(found)
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, as_attachment=True, filename=found.file_name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
