"""The OpenAPI document, made from what each noun declares: nothing is described twice."""

from __future__ import annotations

from typing import Any, cast

from django_filters import ChoiceFilter
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from commitments.api.answers import PROBLEM
from commitments.api.pages import DEFAULT_LIMIT, MAX_LIMIT
from commitments.api.views import Noun


class ProblemSerializer(serializers.Serializer):
    """RFC 9457, with the facts that help the caller on."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    instance = serializers.CharField(required=False, help_text="With 5xx: the number of the request, for the log.")
    errors = serializers.ListField(  # type: ignore[assignment]
        child=serializers.DictField(child=serializers.CharField()),
        required=False,
        help_text="Each broken rule: field, rule, message.",
    )
    version = serializers.IntegerField(required=False, help_text="The version in force.")
    current = serializers.DictField(required=False, help_text="The content in force, with 412.")
    current_status = serializers.CharField(required=False)
    allowed_moves = serializers.ListField(child=serializers.CharField(), required=False)
    due_at = serializers.DateTimeField(required=False)
    person = serializers.CharField(required=False, help_text="Who sits there, with 423.")
    since = serializers.DateTimeField(required=False, help_text="Since when they sit there.")


MEANINGS = {
    "400": "Malformed or incomplete: `errors` names each field and rule.",
    "401": "No token, or one that opens nothing.",
    "403": "Yours to see, not yours to do.",
    "404": "Absent, or not yours to see.",
    "409": "Not from this status: see `current_status` and `allowed_moves`.",
    "412": "Somebody has written since: see `version` and `current`.",
    "422": "This Idempotency-Key was used for another request.",
    "423": "The window is closed: see `due_at`; or somebody else writes there: see `person` and `since`.",
    "428": "If-Match is missing.",
    "429": "Too many requests: see Retry-After.",
    "503": "The service cannot answer now, or another file is being made: see Retry-After.",
}


def refusals(*codes: str) -> dict[Any, Any]:
    """Every refusal is a problem document, and named so in its Content-Type."""
    return {(code, PROBLEM): OpenApiResponse(ProblemSerializer, MEANINGS[code]) for code in codes}


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "jpoa.authentication.ApiToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token ` and the token got from POST /api/v1/tokens/.",
        }


class NounSchema(AutoSchema):
    """Reads `shape`, `filterset`, `orderings`, `writes` and `extra_parameters` of a noun."""

    @property
    def noun(self) -> Noun:
        return cast(Noun, self.view)

    @property
    def action(self) -> str:
        return getattr(self.noun, "action", "") or ""

    @property
    def write(self) -> Any:
        return self.noun.write

    def is_excluded(self) -> bool:
        return not isinstance(self.view, Noun)

    def get_tags(self) -> list[str]:
        return [self.noun.tag]

    def get_operation_id(self) -> str:
        place = self.path.removeprefix("/api/v1/").replace("{key}/", "").strip("/").replace("-", "_").replace("/", "_")
        verb = {"list": "list", "retrieve": "get", "create": "add", "partial_update": "change", "destroy": "remove"}
        return f"{place}_{verb[self.action]}" if self.action in verb else place

    def get_override_parameters(self) -> list[Any]:
        if self.action == "list":
            return [*self._filters(), *_named(self.noun.extra_parameters), *self._paging()]
        if self.action == "show":
            return [*self._filters(), *_named(self.noun.detail_parameters)]
        named = [*_named(self.noun.detail_parameters), *self._keys()]
        if self.action == "retrieve":
            return [*named, self._fields()]
        return [*named, *self._headers()]

    def get_request_serializer(self) -> Any:
        return self.write.body if self.write and self.method != "DELETE" else None

    def get_response_serializers(self) -> Any:
        answers = refusals(*self._refusals())
        if self.action == "file":
            return {("200", *self.noun.file_types): bytes, **answers}
        if self.method == "DELETE":
            return {"204": None, **answers}
        return {str(self.write.status if self.write else 200): self._answer(), **answers}

    def map_renderers(self, attribute: str) -> list[Any]:
        """Only lists and the matrix are tables as well."""
        found = super().map_renderers(attribute)
        return found if self.action in ("list", "show") else [one for one in found if "csv" not in one]

    def _is_list_view(self, serializer: Any = None) -> bool:
        """A list answers a page, which is described as what it is: one object."""
        return False

    def get_filter_backends(self) -> list[Any]:
        return []

    # --- Private ----------------------------------------------------------------------------------

    def _answer(self) -> Any:
        given = getattr(self.noun, "documented_answers", {}).get(self.action) or getattr(self.noun, "documented", None)
        if given:
            return given
        one = self.noun.shape.serializer
        if self.action != "list":
            return one
        fields = {
            "next": serializers.URLField(allow_null=True, help_text="The next page; null on the last."),
            "results": one(many=True),
            "count": serializers.IntegerField(required=False, help_text="With `count=true`."),
        }
        return type(f"{self.noun.shape.title}PageSerializer", (serializers.Serializer,), fields)

    def _refusals(self) -> list[str]:
        codes = {"400", "429", *self.noun.own_refusals.get(self.action, ())}
        if self.action not in self.noun.public_actions or self.noun.shape.title == "Token":
            codes.add("401")
        if "{" in self.path:
            codes.add("404")
        if self.write and (self.method != "DELETE" or self.write.is_versioned):
            codes |= {"403", "422"} if self.method == "POST" else {"403"}
            codes |= {"409", "412", "423", "428"} if self.write.is_versioned else {"409"}
        return sorted(codes)

    def _filters(self) -> list[OpenApiParameter]:
        declared = self.noun.filterset.base_filters if self.noun.filterset else {}
        return [_of_filter(name, one) for name, one in declared.items()]

    def _fields(self) -> OpenApiParameter:
        names = ", ".join(self.noun.shape.names)
        return OpenApiParameter("fields", str, description=f"Only these, separated by commas. Known: {names}.")

    def _paging(self) -> list[OpenApiParameter]:
        orders = [sign + name for name in self.noun.orderings for sign in ("", "-")]
        limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
        return [
            OpenApiParameter("limit", limit, description="Rows a page."),
            OpenApiParameter("cursor", str, description="From `next`: where the page begins."),
            OpenApiParameter("count", bool, description="Whether to count all rows."),
            OpenApiParameter("ordering", str, enum=orders),
            self._fields(),
        ]

    def _keys(self) -> list[OpenApiParameter]:
        if "{key}" not in self.path:
            return []
        kind = {"type": "string", "format": "uuid"} if "uuid" in self.path_regex else {"type": "string"}
        return [OpenApiParameter("key", kind, OpenApiParameter.PATH, required=True, description="The natural key.")]

    def _headers(self) -> list[OpenApiParameter]:
        headers = []
        if self.write and self.write.is_versioned:
            about = 'The version that you have read, as its ETag: `"7"`.'
            headers.append(OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description=about))
        if self.method == "POST":
            about = "A repeated request with the same key is answered as the first was, and done once."
            headers.append(OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description=about))
        return headers


def _named(parameters: dict[str, str]) -> list[OpenApiParameter]:
    return [OpenApiParameter(name, str, description=about) for name, about in parameters.items()]


def _of_filter(name: str, declared: Any) -> OpenApiParameter:
    choices = [value for value, _label in declared.extra["choices"]] if isinstance(declared, ChoiceFilter) else None
    if "coerce" in declared.extra:
        choices = ["true", "false"]
    return OpenApiParameter(name, str, enum=choices, description=str(declared.extra.get("label") or ""))
