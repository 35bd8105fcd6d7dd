"""The forms of reports, each around one domain verb: the same at the desk and in the admin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from commitments.content import LANGUAGES
from commitments.guidance import LANGUAGE_NAMES
from commitments.models import Cycle, MemberState
from commitments.screens.forms import DateField, DeskForm, LongText, Row, VersionedForm
from commitments.workflow import Audience
from reporting.life import Need, Step
from reporting.models import Addressee, Form, Kind, Outcome, Recommendation, Verdict

MAX_FIELD = 25_000  # a little more than the domain takes, which then says so itself
RUSSIAN = "ru"
Choices = Sequence[tuple[str, str]]
_BEYOND = tuple((one.value, one.label) for one in (Audience.PUBLIC, Audience.PARTICIPANTS, Audience.UN))


class BeginForm(DeskForm):
    """Outline a report."""

    cycle = forms.ModelChoiceField(Cycle.objects.none(), label=_("Review cycle"), to_field_name="slug")
    kind = forms.ChoiceField(choices=Kind.choices, label=_("Kind"))
    audience = forms.ChoiceField(choices=_BEYOND, label=_("Audience"), initial=Audience.PUBLIC.value)
    member_state = forms.ModelChoiceField(
        MemberState.objects.none(), label=_("Member State"), to_field_name="iso_alpha3", required=False,
        help_text=_("For a note on one Member State only."),
    )  # fmt: skip
    scope = forms.ChoiceField(
        label=_("Scope"), required=False, help_text=_("For a thematic report only: a pillar, an objective or a theme.")
    )

    def __init__(self, *args: Any, scopes: list[tuple[str, str]], **options: Any) -> None:
        self.scopes = scopes
        super().__init__(*args, **options)

    def shape(self) -> None:
        self.offer("cycle", Cycle.objects.select_related("plan").order_by("-opens_on"))
        self.offer("member_state", MemberState.objects.order_by("name"))
        self.fields["scope"].choices = [("", "—"), *self.scopes]  # type: ignore[attr-defined]


class ReadForm(DeskForm):
    """No words, but the version that was read: of what is moved, retired or signed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def shape(self) -> None:
        self.initial = {"version": self.subject.version, **self.initial}


class StepForm(ReadForm):
    """Of one step on one report: a reason is asked for where the report asks for one."""

    step: Step

    def shape(self) -> None:
        super().shape()
        if "reason" in self.fields and not self.subject.asks_reason(self.step):
            del self.fields["reason"]


def step_form(step: Step) -> type[ReadForm]:
    """The form of a step, read from the table."""
    fields: dict[str, Any] = {}
    if step.needs & {Need.REASON, Need.EARLY_REASON}:
        label = _("What changed, and why") if step.freezes else _("Reason")
        fields["reason"] = LongText(rows=3, label=label, max_length=MAX_FIELD, required=False)
    if step.name == "circulate":
        text = _("The last day, in each capital, on which a State can comment on the draft.")
        fields["comments_due_on"] = DateField(label=_("Comments due on"), required=False, help_text=text)
    return type(f"{step.name.title()}Form", (StepForm,), {"step": step, **fields})


class CardForm(VersionedForm):
    """One of several forms of a page: with ids of its own, which it keeps when it is shown again."""

    def rebased(self, fresh: Self) -> Self:
        form = super().rebased(fresh)
        form.auto_id = fresh.auto_id
        return form


class MastheadForm(CardForm):
    """What stands above the title."""

    symbol = forms.CharField(label=_("Symbol"), required=False, help_text=_("Left empty, it says “to be assigned”."))
    session = forms.CharField(label=_("Session"), required=False)
    agenda_item = forms.CharField(label=_("Agenda item"), required=False)


class PassageForm(CardForm):
    """One passage. `cites` ticks updates that are shown beside; `more` names any other."""

    form = forms.ChoiceField(choices=Form.choices, label=_("Form"))
    title = forms.CharField(label=_("Title of the box"), required=False, max_length=MAX_FIELD)
    text = LongText(rows=7, label=_("Text"), required=False, max_length=MAX_FIELD)
    cites = forms.MultipleChoiceField(
        label=_("Updates that it rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=_("Other updates, by State and item"), required=False, max_length=MAX_FIELD,
        help_text=_("Such as KAZ:I.1.1, parted by spaces."),
    )  # fmt: skip
    title_ru = forms.CharField(label=_("Title of the box, in Russian"), required=False, max_length=MAX_FIELD)
    text_ru = LongText(rows=7, label=_("Text in Russian"), required=False, max_length=MAX_FIELD)

    def __init__(self, *args: Any, choices: Choices = (), **options: Any) -> None:
        self.choices = choices
        super().__init__(*args, **options)

    def rebased(self, fresh: Self) -> Self:
        form = super().rebased(fresh)
        form.choices = fresh.choices
        form.shape()
        return form

    def shape(self) -> None:
        """An update cited is always among the choices, whatever is shown beside."""
        self.initial = {**(words_of_passage(self.subject) if self.subject else {"version": 0}), **self.initial}
        cited = self.subject.cites if self.subject else []
        sent = cast(QueryDict, self.data).getlist("cites") if self.is_bound else []
        offered = dict(self.choices)
        labels = {key: offered.get(key, key) for key in (*cited, *sent)}
        self.fields["cites"].choices = list((labels | offered).items())  # type: ignore[attr-defined]

    def main_rows(self) -> list[Row]:
        return self._of("form", "title", "text")

    def citing_rows(self) -> list[Row]:
        return self._of("cites", "more")

    def russian_rows(self) -> list[Row]:
        return self._of("title_ru", "text_ru")

    def _of(self, *names: str) -> list[Row]:
        """These fields, each with what somebody else saved meanwhile, in words."""
        theirs = {name: _told(name, value) for name, value in self.theirs.items()}
        return [Row(self[name], theirs=theirs.get(name)) for name in names]

    @property
    def words(self) -> dict[str, Any]:
        """All of it: what is as it was makes no new version, and what was changed back is saved as well."""
        sent = self.cleaned_data
        named = sent["more"].replace(",", " ").split()
        others = self.subject.translations if self.subject else {}
        return {name: sent[name] for name in ("version", "form", "title", "text")} | {
            "cites": list(dict.fromkeys([*sent["cites"], *named])),
            "translations": others | {RUSSIAN: {"title": sent["title_ru"], "text": sent["text_ru"]}},
        }

    def place_of(self, name: str) -> str | None:
        places = {f"translations.{RUSSIAN}.{each}": f"{each}_{RUSSIAN}" for each in ("title", "text")}
        return super().place_of(places.get(name, "more" if name == "cites" else name))


def _told(name: str, value: Any) -> str:
    if name == "form":
        return str(Form(value).label)
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def words_of_passage(passage: Any) -> dict[str, Any]:
    """A passage as its form shows it."""
    russian = passage.translations.get(RUSSIAN, {})
    return {
        "version": passage.version, "form": passage.form, "title": passage.title, "text": passage.text,
        "cites": passage.cites, "title_ru": russian.get("title", ""), "text_ru": russian.get("text", ""),
    }  # fmt: skip


class RecommendationForm(CardForm):
    """One recommendation, or a new one (version 0, which is not asked for)."""

    text = LongText(rows=4, label=_("Recommendation"), required=False, max_length=MAX_FIELD)
    addressee = forms.ChoiceField(choices=Addressee.choices, label=_("Addressee"))
    items = forms.CharField(
        label=_("Action items"), required=False, max_length=MAX_FIELD,
        help_text=_("Codes such as I.1.1 or A.M.2, parted by spaces."),
    )  # fmt: skip
    text_ru = LongText(rows=4, label=_("In Russian"), required=False, max_length=MAX_FIELD)

    def shape(self) -> None:
        self.initial = {**(words_of_recommendation(self.subject) if self.subject else {"version": 0}), **self.initial}

    @property
    def words(self) -> dict[str, Any]:
        words = super().words
        if "items" in words:
            words["items"] = words["items"].replace(",", " ").split()
        return _with_russian(words, self.subject)

    def place_of(self, name: str) -> str | None:
        return super().place_of("text_ru" if name == f"translations.{RUSSIAN}.text" else name)


class FollowUpForm(CardForm):
    """What became of a recommendation of the last report; nothing is said of it yet at version 0."""

    outcome = forms.ChoiceField(choices=Outcome.choices, label=_("What became of it"))
    text = LongText(rows=3, label=_("Remarks"), required=False, max_length=MAX_FIELD)
    text_ru = LongText(rows=3, label=_("In Russian"), required=False, max_length=MAX_FIELD)

    def shape(self) -> None:
        said = words_of_recommendation(self.subject) if self.subject else {"version": 0, "outcome": Outcome.OPEN}
        self.initial = {**said, **self.initial}

    @property
    def words(self) -> dict[str, Any]:
        return _with_russian(super().words, self.subject)

    def place_of(self, name: str) -> str | None:
        return super().place_of("text_ru" if name == f"translations.{RUSSIAN}.text" else name)


def _with_russian(words: dict[str, Any], subject: Any) -> dict[str, Any]:
    if "text_ru" in words:
        others = subject.translations if subject else {}
        words["translations"] = others | {RUSSIAN: {"text": words.pop("text_ru")}}
    return words


def words_of_recommendation(one: Recommendation) -> dict[str, Any]:
    """A recommendation, or a follow-up, as its form shows it."""
    return {
        "version": one.version, "text": one.text, "addressee": one.addressee, "items": " ".join(one.items),
        "outcome": one.outcome, "text_ru": one.translations.get(RUSSIAN, {}).get("text", ""),
    }  # fmt: skip


class RemarkForm(DeskForm):
    """A State's comment on one paragraph."""

    paragraph = forms.CharField(widget=forms.HiddenInput, max_length=12)
    member_state = forms.ModelChoiceField(
        MemberState.objects.none(), label=_("For"), to_field_name="iso_alpha3", empty_label=None
    )
    text = LongText(rows=4, label=_("What should be different"), required=False, max_length=MAX_FIELD)
    language = forms.ChoiceField(
        choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES], label=_("Language of the comment"), initial="en"
    )

    def shape(self) -> None:
        """Of the States that this person coordinates; one alone need not be chosen."""
        states = MemberState.objects.filter(pk__in=self.person.mandate.coordinated_state_ids).order_by("name")
        self.offer("member_state", states)
        if len(states) == 1:
            self.fields["member_state"].widget = forms.HiddenInput()
            self.initial.setdefault("member_state", states[0].iso_alpha3)


class AnswerForm(DeskForm):
    """How a comment was met."""

    verdict = forms.ChoiceField(choices=[("", "—"), *Verdict.choices], label=_("Answer"), required=False)
    reason = LongText(rows=3, label=_("Why"), required=False, max_length=MAX_FIELD)

    def shape(self) -> None:
        self.initial = {"verdict": self.subject.verdict, "reason": self.subject.reason, **self.initial}
