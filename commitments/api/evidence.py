"""Evidence: files, links and references, each shown to its own audience; files only through a view that asks."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from commitments.api import bodies, filters, types
from commitments.api.answers import answer
from commitments.api.asking import read_parameters, refuse
from commitments.api.keys import UPDATE_PATHS, only, row_given
from commitments.api.rendering import JsonParser
from commitments.api.shapes import Column, Row, Shape, Telling, join_key
from commitments.api.views import Noun, Write
from commitments.api.writing import once, version_read
from commitments.errors import NotVisible, Refused
from commitments.mandates import Mandate
from commitments.models import Evidence, Update
from commitments.querysets import mandate_of, placing
from commitments.readings import Kind, Words, open_ones
from commitments.screens.evidence import download_of
from commitments.uploads import FILE_TYPES, MAX_BYTES
from commitments.workflow import Audience

ROOM_FOR_FIELDS = 100_000  # bytes beside the file


def _file_link(uid: Any, file: str, scan: str) -> str | None:
    return reverse("evidence-file", args=[uid]) if file and scan == Evidence.Scan.PASSED else None


class EvidenceFilters(FilterSet):
    update = filters.Keyed(UPDATE_PATHS)
    member_state = filters.of_state("commitment__member_state")
    kind = filters.OneOf("kind", Evidence.Kind.choices)
    audience = filters.OneOf("audience", Audience.choices)
    is_retired = filters.YesNo(method="by_retirement")

    def by_retirement(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        own = mandate_of(self.request.user).state_ids
        retired = queryset.filter(retired_at__isnull=False, commitment__member_state__in=own)
        return retired if value else queryset.exclude(pk__in=retired.values("pk"))


def mask(row: Row, mandate: Mandate) -> None:
    """That a piece of a released revision has been retired since is known from a draft, which stays in the State."""
    if "retired_at" in row and row["_state_id"] not in mandate.state_ids:
        row["retired_at"] = None


def words_told(rows: list[Row]) -> list[Words]:
    marked = [row["uid"] for row in rows if row["audience"] == Audience.PUBLIC]
    public = set(open_ones(marked)) if marked else set()
    return [
        Words(row["_state_id"], Kind.EVIDENCE, row["update"], part=str(row["uid"]))
        for row in rows
        if row["uid"] not in public
    ]


class EvidenceOfUpdates(Noun):
    """What supports updates. Adding and retiring are edits of the update: If-Match names the update's version."""

    tag = "What States report"
    model = Evidence
    filterset = EvidenceFilters
    public_actions = frozenset({"retrieve", "file"})  # visible_to decides: links of published updates lead here
    parser_classes = (JsonParser, MultiPartParser)
    file_types = tuple(dict.fromkeys(FILE_TYPES.values()))
    writes = {
        "create": Write(bodies.AddEvidenceFile, ("update", "kind"), is_versioned=True, status=201),
        "retire": Write(bodies.Nothing, is_versioned=True),
    }
    orderings = {"added_at": ("added_at", "uid")}
    shape = Shape(
        "Evidence",
        (
            Column("_state_id", "commitment__member_state_id"),
            Column("uid", "uid", types.uid()),
            Column("update", UPDATE_PATHS, types.text(), make=join_key),
            Column("kind", "kind", types.one_of(Evidence.Kind)),
            Column("title", "title", types.text()),
            Column("url", "url", types.text("Of a link.")),
            Column("file", ("uid", "file", "scan"), types.text("Where it is.", allow_null=True), make=_file_link),
            Column("scan", "scan", types.one_of(Evidence.Scan, "A file is shown to nobody before it has passed.")),
            Column("file_name", "file_name", types.text("As the person named it.")),
            Column("size", "size", types.number("Bytes.", null=True)),
            Column("sha256", "sha256", types.text()),
            Column("audience", "audience", types.audience()),
            Column("added_at", "added_at", types.instant()),
            Column("retired_at", "retired_at", types.instant("For the State's officers.", null=True)),
        ),
        mask=mask,
        mask_needs=("_state_id",),
        telling=Telling(
            frozenset({"title", "url", "file_name"}), words_told, ("_state_id", "uid", "update", "audience")
        ),
    )

    def create(self, request: Request) -> HttpResponse:
        """Attach a file (multipart), a link or a reference to a draft."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length[:12]) > MAX_BYTES + ROOM_FOR_FIELDS:  # before anything is kept of it
            message = _("At most %(limit)d MB.") % {"limit": MAX_BYTES // 1_000_000}
            raise refuse("file", "size", message)
        return once(request, self._add)

    def retire(self, request: Request, key: str) -> HttpResponse:
        """Take evidence off a draft. Revisions that had it keep it."""
        return once(request, lambda: self._retire(str(key)))

    def file(self, request: Request, key: str) -> HttpResponseBase:
        """Download a file: as an attachment, never shown in the page."""
        read_parameters(request, ())
        evidence = only(self.by_key(str(key), {}).filter(**Evidence.FETCHED).select_related(*placing()))
        return download_of(evidence)

    @transaction.atomic
    def _add(self) -> HttpResponse:
        body = self.body()
        if "file" in body and not isinstance(body["file"], UploadedFile):
            raise refuse("file", "file", _("Send the file itself, as a part of multipart/form-data."))
        updates = Update.objects.visible_to(self.mandate)
        update = row_given(updates, UPDATE_PATHS, "update", body.pop("update"))
        attach = {"title": "", "audience": Audience.UN, **body}
        self._edit(update, attach=attach)
        evidence = self.rows().filter(update=update).latest("pk")  # the update is locked: it is ours
        row = self.read_one(self.rows().filter(pk=evidence.pk))
        place = reverse("evidence", args=[evidence.uid])
        return answer(row, status=201, version=update.version, location=place)

    def _retire(self, key: str) -> HttpResponse:
        evidence = only(self.by_key(key, {}).select_related("update"))
        update = Update.objects.visible_to(self.mandate).filter(pk=evidence.update_id)
        self.body()
        update = only(update)
        self._edit(update, retire=evidence)
        return answer(self.read_one(self.rows().filter(pk=evidence.pk)), version=update.version)

    def _edit(self, update: Update, **words: Any) -> None:
        try:
            update.edit(by=self.person, version=version_read(self.request), **words)
        except NotVisible:
            raise
        except Refused as refusal:
            refusal.facts.setdefault("version", update.version)
            raise
