"""A piece of evidence as a download."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404

from commitments.models import Evidence


def evidence_file(person: Any, uid: Any) -> FileResponse:
    """The file, to whoever may see this evidence; always as a download that no browser runs. Else Http404."""
    found = Evidence.objects.visible_to(person).filter(uid=uid, kind=Evidence.Kind.FILE).first()
    if found is None:
        raise Http404
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, as_attachment=True, filename=found.file_name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
