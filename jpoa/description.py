"""The OpenAPI document as it is served: from memory, since it changes with the deployment alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from commitments.api.answers import public
from commitments.api.asking import read_parameters, refuse

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
FORMS = (OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer, OpenApiJsonRenderer2)
KEPT_FOR = 60  # seconds that anybody may keep it without asking again


class Description(APIView):
    """As YAML or JSON (`format=`), in the reader's language or another (`lang=`)."""

    permission_classes = [AllowAny]
    renderer_classes = FORMS

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponseBase:
        language = read_parameters(request, ("format", "lang")).get("lang", translation.get_language())
        if language not in LANGUAGES:
            raise refuse("lang", "choice", _("One of: %(choices)s.") % {"choices": ", ".join(LANGUAGES)})
        form = request.accepted_renderer
        response = HttpResponse(written(language, form.media_type), content_type=form.media_type)
        response["Content-Disposition"] = f'inline; filename="jpoa-tracker-{language}.{form.format}"'
        return public(request, response, KEPT_FOR)


@lru_cache(maxsize=len(LANGUAGES) * len(FORMS))
def written(language: str, media_type: str) -> Any:
    """Making it takes half a second, the same for everybody: it describes all of the API to whoever asks."""
    with translation.override(language):
        document = SchemaGenerator().get_schema(request=None, public=True)
        form = next(one for one in FORMS if one.media_type == media_type)
        return form().render(document, renderer_context={})
