"""Content that is still being written: what is kept of it, and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments import content
from commitments.errors import Problem
from commitments.models.revisions import Content
from commitments.search import search_text


class Draft(Content):
    """The writable half of an update."""

    withheld_sections = models.JSONField(default=list, blank=True)  # withheld from everyone beyond the UN
    to_be_reconfirmed = models.BooleanField(default=False)  # carried from an earlier cycle, not yet confirmed
    search_text = models.TextField(blank=True, default="")  # stems of all words, see commitments/search.py

    commitment: Any  # on which it reports
    evidence: Any  # that supports it

    class Meta:
        abstract = True

    def missing(self) -> list[Problem]:
        """What stands between this draft and its submission; empty when nothing does."""
        problems = content.missing(self)
        if self.to_be_reconfirmed:
            message = _("Confirm that what was carried over from the last cycle still holds.")
            problems.insert(0, Problem("to_be_reconfirmed", "reconfirm", message))
        if settings.SCANNER and self.pk and self.evidence.live().filter(scan="waiting").exists():
            message = _("A file is still being checked. Submit once that is done, or take the file out.")
            problems.append(Problem("evidence", "waiting", message))
        return problems

    def _write(self, values: dict[str, Any]) -> dict[str, Any]:
        """Set what is given and differs; answer what has changed, as plain JSON."""
        changes: dict[str, Any] = {}
        still = content.clean_flag("to_be_reconfirmed", values.pop("to_be_reconfirmed", self.to_be_reconfirmed))
        if self.to_be_reconfirmed and not still:
            self.to_be_reconfirmed = changes["to_be_reconfirmed"] = False
        withheld = values.pop("withheld_sections", None)
        cleaned = content.clean(values)
        if withheld is not None:
            cleaned["withheld_sections"] = content.clean_sections_list("withheld_sections", withheld)
        translations = cleaned.pop("translations", {})
        for field, value in cleaned.items():
            if getattr(self, field) != value:
                setattr(self, field, value)
                changes[field] = value if value is None or isinstance(value, str | list) else str(value)
        if translated := self._translate(translations):
            changes["translations"] = translated
        if changes.keys() & {*content.SECTIONS, "translations"}:
            self.search_text = search_text([*self.commitment.place_names(), *self.words()])
        return changes

    def _translate(self, translations: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        """Keep translations with the hash of the text they translate. A section that is not given stays as it is, an
        empty one is removed; so is a language without any. Given in part, it is of the text that it was of."""
        changed = {}
        for language, given in translations.items():
            former = self.translations.get(language, {})
            kept = {section: text for section, text in former.items() if section != "of"}
            texts = {section: text for section, text in (kept | given if given else {}).items() if text}
            if texts == kept:
                continue
            of = self.text_hash() if kept.keys() <= given.keys() else former["of"]
            changed[language] = {"of": of, **texts} if texts else {}
        rest = {language: texts for language, texts in self.translations.items() if language not in changed}
        self.translations = rest | {language: texts for language, texts in changed.items() if texts}
        return changed

    def _take(self, values: Mapping[str, Any]) -> None:
        for field, value in values.items():
            setattr(self, field, value)
