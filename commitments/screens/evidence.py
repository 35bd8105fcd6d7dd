"""A piece of evidence as a download: an attachment that no browser runs, by whichever channel."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404

from commitments.errors import NotVisible
from commitments.models import Evidence
from commitments.querysets import placing
from commitments.readings import told
from commitments.uploads import FILE_TYPES


def evidence_file(person: Any, uid: Any) -> FileResponse:
    """The file, to whoever may see this evidence. Else Http404."""
    found = Evidence.objects.visible_to(person).filter(uid=uid, **Evidence.FETCHED).select_related(*placing()).first()
    if found is None:
        raise Http404
    try:
        return download_of(found)
    except NotVisible:
        raise Http404 from None


def download_of(evidence: Evidence) -> FileResponse:
    """Of what its reader was found to see. Raises NotVisible where the file is lost."""
    told(evidence)
    try:
        content = evidence.file.open("rb")
    except FileNotFoundError:
        raise NotVisible() from None
    kind = FILE_TYPES.get(evidence.file_name.rsplit(".", 1)[-1].lower(), "application/octet-stream")
    answer = FileResponse(content, as_attachment=True, filename=evidence.file_name, content_type=kind)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
