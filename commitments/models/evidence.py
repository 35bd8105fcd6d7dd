"""Evidence: a file, a link or a reference that supports an update, with its own audience."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.content import clean_text
from commitments.errors import Invalid, Problem
from commitments.models.people import Person
from commitments.models.placed import OfUpdate
from commitments.querysets import EvidenceQuerySet
from commitments.uploads import MAX_BYTES, check, clean_name
from commitments.workflow import Audience

# Of one update: pieces that stand, and bytes of all its files, those that were retired among them.
MOST, MOST_BYTES = 50, 200_000_000


def storage_name(evidence: Evidence, filename: str) -> str:
    """A random name: the person's own file name is kept as text, never as a path."""
    return f"{uuid.uuid4().hex}.{filename.rsplit('.', 1)[-1].lower()}"


class Evidence(OfUpdate):
    class Kind(models.TextChoices):
        FILE = "file", _("File")
        LINK = "link", _("Link")
        REFERENCE = "reference", _("Reference to a document")

    class Scan(models.TextChoices):
        WAITING = "waiting", _("Being checked")
        PASSED = "passed", _("Checked")
        REFUSED = "refused", _("Refused by the check")

    # What can be fetched: a file, once whatever checks files has passed it.
    FETCHED = {"kind": Kind.FILE, "scan": Scan.PASSED}

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    update = models.ForeignKey("commitments.Update", models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=1000, blank=True)
    file = models.FileField(upload_to=storage_name, blank=True, max_length=200)
    file_name = models.CharField(max_length=255, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.UN)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    # A file is shown to nobody before it has passed: see commitments/scanning.py.
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.PASSED)
    scan_reason = models.CharField(max_length=200, blank=True)
    scan_begun_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_scan_known", condition=models.Q(scan__in=["waiting", "passed", "refused"])
            ),
            models.CheckConstraint(
                name="evidence_fits_its_kind",
                condition=(
                    (models.Q(kind="file") & ~models.Q(file="") & models.Q(url=""))
                    | (models.Q(kind="link", file="") & ~models.Q(url=""))
                    | models.Q(kind="reference", file="", url="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def build(cls, *, kind: str, title: Any, url: Any = "", file: Any = None, audience: str, **facts: Any) -> Evidence:
        """An unsaved row, its content checked. Raises Invalid naming each field, or where the update has no room."""
        if kind not in cls.Kind.values:
            raise Invalid(problems=[Problem("kind", "choice", _("One of: file, link, reference."))])
        if audience not in Audience.values:
            raise Invalid(problems=[Problem("audience", "choice", _("There is no such audience."))])
        title = clean_text("title", title, limit=300)
        if not title:
            raise Invalid(problems=[Problem("title", "required", _("Give it a title."))])
        evidence = cls(kind=kind, title=title, audience=audience, **facts)
        evidence._check_room(file)
        for field, value, fitting in (("url", url, cls.Kind.LINK), ("file", file, cls.Kind.FILE)):
            _check_fits(field, value, kind == fitting)
        if kind == cls.Kind.LINK:
            evidence.url = _clean_url(url)
        elif kind == cls.Kind.FILE:
            evidence._take_file(file)
        return evidence

    def _check_room(self, file: Any) -> None:
        live = models.Count("pk", filter=models.Q(retired_at=None))
        held = self.update.evidence.aggregate(live=live, bytes=models.Sum("size", default=0))
        if held["live"] >= MOST:
            message = _("This update has %(limit)d pieces of evidence, and no more can be added. Remove one.")
            raise Invalid(problems=[Problem("kind", "quota", message % {"limit": MOST})])
        if held["bytes"] + getattr(file, "size", 0) > MOST_BYTES:
            message = _("The files of one update may have %(limit)d MB together. Add a link instead.")
            raise Invalid(problems=[Problem("file", "quota", message % {"limit": MOST_BYTES // 1_000_000})])

    def _take_file(self, file: Any) -> None:
        if not isinstance(file, File):
            raise Invalid(problems=[Problem("file", "required", _("Choose a file."))])
        name = clean_name(file.name)
        if not 0 < file.size <= MAX_BYTES:
            message = _("At most %(limit)d MB, and not empty.") % {"limit": MAX_BYTES // 1_000_000}
            raise Invalid(problems=[Problem("file", "size", message)])
        data = file.read()
        file.seek(0)
        check(name, data)
        self.file, self.file_name, self.size = file, name, file.size
        self.sha256 = hashlib.sha256(data).hexdigest()
        self.scan = self.Scan.WAITING if settings.SCANNER else self.Scan.PASSED


def _check_fits(field: str, value: Any, fits: bool) -> None:
    if value and not fits:
        raise Invalid(problems=[Problem(field, "unfit", _("This kind of evidence has none."))])


def _clean_url(url: Any) -> str:
    url = clean_text("url", url, limit=1000)
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise Invalid(
            problems=[Problem("url", "url", _("A web address beginning with http:// or https://."))]
        ) from None
    return url
