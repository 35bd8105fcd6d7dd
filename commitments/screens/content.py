"""The forms of an update: its content with evidence, and its translations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from commitments.content import CHOICES, LANGUAGES, SECTIONS
from commitments.guidance import GUIDANCE, LANGUAGE_NAMES
from commitments.models import Event
from commitments.screens.forms import DateField, LongText, VersionedForm
from commitments.screens.moves import SECTION_CHOICES
from commitments.workflow import Audience

EVIDENCE = ("evidence_title", "evidence_url", "evidence_file", "evidence_audience")
TRACKED = (*CHOICES, *SECTIONS, "next_steps_on", "original_language", "withheld_sections")


def _named(name: str) -> dict[str, Any]:
    return {"label": GUIDANCE[name].label, "help_text": GUIDANCE[name].text, "required": False}


def _content_fields() -> dict[str, forms.Field]:
    """A field for each part of the content, named and explained as everywhere."""
    fields: dict[str, forms.Field] = {}
    for name, choices in CHOICES.items():
        options = [("", _("Not answered yet")), *choices.choices]
        fields[name] = forms.ChoiceField(choices=options, widget=forms.RadioSelect, **_named(name))
    for name in SECTIONS:
        fields[name] = LongText(rows=3 if name.startswith("resources") else 6, **_named(name))
    fields["next_steps_on"] = DateField(**_named("next_steps_on"))
    languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
    fields["original_language"] = forms.ChoiceField(choices=languages, **_named("original_language"))
    fields["withheld_sections"] = forms.MultipleChoiceField(
        choices=SECTION_CHOICES, widget=forms.CheckboxSelectMultiple, **_named("withheld_sections")
    )
    return fields


class ContentForm(VersionedForm):
    """The draft. Saving sends only what its writer touched; evidence goes along when there is any."""

    to_be_reconfirmed = forms.BooleanField(**_named("to_be_reconfirmed"))
    evidence_title = forms.CharField(label=_("Title"), required=False, widget=forms.TextInput(attrs={"size": 60}))
    evidence_url = forms.CharField(
        label=_("Web address"),
        required=False,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text=_("For a page or document on the web."),
    )
    evidence_file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, image, Word, Excel or OpenDocument, at most 10 MB. With neither, it is a reference."),
    )
    evidence_audience = forms.ChoiceField(
        label=_("Who may see this evidence"), choices=Audience.choices, initial=Audience.UN, required=False
    )
    untracked = ("version", "to_be_reconfirmed", *EVIDENCE)

    def shape(self) -> None:
        update = self.subject
        self.fields |= _content_fields()
        self.initial = {name: getattr(update, name) for name in TRACKED} | {"version": update.version}
        if not update.to_be_reconfirmed:
            del self.fields["to_be_reconfirmed"]

    @property
    def words(self) -> dict[str, Any]:
        touched = super().words
        words: dict[str, Any] = {"version": touched.pop("version"), "values": touched}
        if self.cleaned_data.get("to_be_reconfirmed"):
            touched["to_be_reconfirmed"] = False
        if attach := self._evidence():
            words["attach"] = attach
        return words

    def others_wrote(self) -> set[str]:
        """By the events since: what was written and put back again is among it too. One query, whatever was saved."""
        events = Event.objects.visible_to(self.person).exclude(by=self.person)
        since = events.filter(update=self.subject, sequence__gt=self.cleaned_data["version"])
        times = {name: Count("pk", filter=Q(changes__has_key=name)) for name in TRACKED}
        return {name for name, found in since.aggregate(**times).items() if found}

    def place_of(self, name: str) -> str | None:
        return super().place_of(name) or super().place_of(f"evidence_{name}")

    def _evidence(self) -> dict[str, Any] | None:
        """A file, else a link, else a reference: by what was given. Nothing where nothing was."""
        given = self.cleaned_data
        file, url, title = given.get("evidence_file"), given.get("evidence_url", ""), given.get("evidence_title", "")
        if not (file or url or title):
            return None
        kind = "file" if file else "link" if url else "reference"
        audience = given.get("evidence_audience") or Audience.UN
        return {"kind": kind, "title": title, "url": url, "file": file, "audience": audience}


class WordsForm(ContentForm):
    """The draft's words alone: what is saved as it is typed."""

    def shape(self) -> None:
        super().shape()
        for name in EVIDENCE:
            del self.fields[name]


class EvidenceForm(ContentForm):
    """One piece of evidence for the draft."""

    def shape(self) -> None:
        self.fields = {name: field for name, field in self.fields.items() if name in ("version", *EVIDENCE)}
        self.initial = {"version": self.subject.version, "evidence_audience": Audience.UN}

    @property
    def words(self) -> dict[str, Any]:
        nothing = {"kind": "reference", "title": "", "audience": Audience.UN}  # the domain says what it lacks
        return {"version": self.cleaned_data["version"], "attach": self._evidence() or nothing}


class TranslationForm(VersionedForm):
    """One language: a field for each section that has words to translate, and for each that has a translation or is
    sent one, though its words were taken out meanwhile: no translation is lost by that. All of them are saved: who
    sends it has read them beside the words, so the translation is of these."""

    language: str

    def shape(self) -> None:
        update = self.subject
        texts = update.translations.get(self.language, {})
        self.initial = {"version": update.version}
        for name in SECTIONS:
            if getattr(update, name) or texts.get(name) or self.data.get(name):
                self.fields[name] = LongText(label=GUIDANCE[name].label, required=False)
                self.initial[name] = texts.get(name, "")

    @property
    def words(self) -> dict[str, Any]:
        texts = {name: text for name, text in self.cleaned_data.items() if name != "version"}
        return {"version": self.cleaned_data["version"], "values": {"translations": {self.language: texts}}}

    def place_of(self, name: str) -> str | None:
        return super().place_of(name.rsplit(".", 1)[-1])


def translation_form(language: str) -> type[TranslationForm]:
    return type("TranslationForm", (TranslationForm,), {"language": language})
