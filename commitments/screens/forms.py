"""Forms of the admin and the desk: what was typed survives a refusal, and two writers see each other's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self, TypeVar, cast

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, NotVisible, Refused, StaleVersion
from commitments.guidance import GUIDANCE


class LongText(forms.CharField):
    """Paragraphs, compared and kept with newlines as line ends, whatever the browser sends."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "cols": 80}), **options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class DateField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


@dataclass
class Row:
    """One field as the page shows it, and beside it what somebody else saved meanwhile."""

    bound: forms.BoundField
    theirs: Any = None


class DeskForm(forms.Form):
    """A form around one domain verb. `person` acts on `subject`."""

    def __init__(self, *args: Any, person: Any = None, subject: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.person, self.subject = person, subject
        self.refusal: Refused | None = None
        self.theirs: dict[str, Any] = {}
        self.elsewhere: list[tuple[str, str, str]] = []  # problems of fields that another form of the page holds
        self.shape()

    def shape(self) -> None:
        """Narrow the choices to what this person may choose for this subject."""

    def offer(self, name: str, rows: QuerySet) -> None:
        """The rows to choose from."""
        cast(forms.ModelChoiceField, self.fields[name]).queryset = rows

    @property
    def words(self) -> dict[str, Any]:
        """What the verb is called with."""
        return dict(self.cleaned_data)

    def rows(self) -> Iterator[Row]:
        for bound in self.visible_fields():
            yield Row(bound, theirs=self.theirs.get(bound.name))

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """For the summary: the id to jump to (none for the whole form), the field's label, the message."""
        found = list(self.elsewhere)
        for name, messages in self.errors.items():
            bound = self[name] if name in self.fields else None
            found += [(_anchor(bound), str(bound.label) if bound else "", str(message)) for message in messages]
        both = [self[name] for name in self.theirs if name not in self.errors]
        return found + [(_anchor(one), str(one.label), str(_("Saved meanwhile by somebody else"))) for one in both]

    def take(self, refusal: Refused) -> None:
        """Put each problem beside its field; what is about no field, above all."""
        self.refusal = refusal
        if not refusal.problems:
            self.add_error(None, str(refusal.detail))
        for problem in refusal.problems:
            place = self.place_of(problem.field)
            if place is None and problem.field in GUIDANCE:
                label = str(GUIDANCE[problem.field].label)
                self.elsewhere.append((f"id_{problem.field}", label, str(problem.message)))
            else:
                self.add_error(place, str(problem.message))

    def place_of(self, name: str) -> str | None:
        return name if name in self.fields and not self.fields[name].widget.is_hidden else None


class VersionedForm(DeskForm):
    """A form that knows which version was read, and which fields its writer has touched."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    untracked: tuple[str, ...] = ("version",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, each in self.fields.items():
            each.show_hidden_initial = name not in self.untracked

    @property
    def words(self) -> dict[str, Any]:
        """What was touched, and the version read."""
        touched = [name for name in self.changed_data if name in self.cleaned_data and name not in self.untracked]
        return {name: self.cleaned_data[name] for name in touched} | {"version": self.cleaned_data["version"]}

    def rebased(self, fresh: Self) -> Self:
        """This writer's words upon the present text: what they left alone follows it, what they touched stays theirs.

        `fresh` is the unbound form of the present text. Where both wrote, `theirs` holds the present words.
        """
        joined, sent = QueryDict(mutable=True), cast(QueryDict, self.data)
        touched = [name for name in self.changed_data if name not in self.untracked]
        for bound in fresh:
            present, is_kept = _as_sent(bound), bound.name in (*touched, *self.untracked)
            joined.setlist(fresh.add_initial_prefix(bound.name), present)
            joined.setlist(bound.html_name, sent.getlist(bound.html_name) if is_kept else present)
        for name in touched:
            joined.setlistdefault(name, sent.getlist(name))  # of a field that the present text has no more
        joined["version"] = str(fresh.initial["version"])
        form = type(self)(joined, self.files, person=self.person, subject=fresh.subject, initial=fresh.initial)
        form.theirs = {name: fresh[name].value() for name in self._written_by_both(touched, fresh)}
        form.full_clean()
        return form

    def others_wrote(self) -> set[str] | None:
        """What the record says somebody else wrote after the version read, whatever the page says it was shown.

        None where no record is asked: anybody may have.
        """
        return None

    def _written_by_both(self, touched: list[str], fresh: Self) -> list[str]:
        """Of what this writer touched: what somebody else wrote meanwhile, and is something else than was typed."""
        others, sent = self.others_wrote() if touched else None, cast(QueryDict, self.data)
        found = []
        for name in touched:
            shown, typed = (_lines(sent.getlist(key)) for key in (self[name].html_initial_name, self[name].html_name))
            present = _lines(_as_sent(fresh[name])) if name in fresh.fields else typed
            is_new = present != shown and (others is None or not _is_on_the_way(shown, present, typed))
            if present != typed and (name in (others or ()) or is_new):
                found.append(name)
        return found


def _is_on_the_way(shown: list[str], present: list[str], typed: list[str]) -> bool:
    """Whether what stands there goes on from what was shown, and what was typed goes on from it: a save of one's own
    whose answer did not arrive. Nothing of it is lost where the whole is saved."""
    if not len(shown) == len(present) == len(typed) == 1:
        return False
    return present[0].startswith(shown[0]) and typed[0].startswith(present[0])


def _lines(texts: list[str]) -> list[str]:
    return [text.replace("\r\n", "\n").strip() for text in texts]


Form = TypeVar("Form", bound=VersionedForm)
_TRIES = 4  # to save, while others save too


def attempt(form: DeskForm, act: Callable[..., Any]) -> bool:
    """Call the verb with the form's words. A refusal is shown in the form; what is not visible does not exist."""
    if not form.is_valid():
        return False
    try:
        act(**form.words)
    except NotVisible:
        raise Http404 from None
    except Refused as refusal:
        form.take(refusal)
        return False
    return True


def answer_status(forms_shown: Iterable[DeskForm]) -> int:
    """403 where the role forbids; a form shown again is an ordinary page otherwise."""
    return 403 if any(isinstance(form.refusal, Forbidden) for form in forms_shown) else 200


def attempt_upon(form: Form, act: Callable[..., Any], present: Callable[[], Form]) -> tuple[Form, bool]:
    """As `attempt`. Where somebody has saved other fields meanwhile, the words are saved upon theirs.

    Where both wrote in one field, the form comes back with both texts. `present` gives the unbound form of the
    present text.
    """
    for _try in range(_TRIES):
        if attempt(form, act):
            return form, True
        if not is_stale(form):
            return form, False
        upon = form.rebased(present())
        if upon.theirs:
            return merged(form, present()), False
        form = upon
    return form, False


def merged(form: Form, fresh: Form) -> Form:
    """The writer's words upon the present text, with word of what happened."""
    rebased = form.rebased(fresh)
    rebased.refusal = form.refusal
    message = _("Somebody has saved this since you opened it. Both texts stand side by side: keep what you need, save.")
    rebased.add_error(None, str(message))
    return rebased


def actor(request: HttpRequest) -> Any:
    """Whoever is signed in: the site lets nobody else come this far."""
    return request.user


def is_stale(form: DeskForm) -> bool:
    return isinstance(form.refusal, StaleVersion)


def _anchor(bound: forms.BoundField | None) -> str:
    """What to jump to: the field, or the first of its choices."""
    if bound and bound.use_fieldset and len(bound):
        return bound.subwidgets[0].id_for_label
    return bound.auto_id if bound else ""


def _as_sent(bound: forms.BoundField) -> list[str]:
    """The value as a browser would send it back."""
    value = bound.value()
    if value in (None, "", False):
        return [] if isinstance(bound.field, forms.BooleanField | forms.MultipleChoiceField) else [""]
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
