"""An adopted plan as data: quoted exactly, never edited, addressed by codes that never change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models.people import MemberState
from commitments.models.wording import Translated


class Addressee(models.TextChoices):
    """Who is asked to act. A State owes updates on national and joint items."""

    NATIONAL = "national", _("Each State")
    JOINT = "joint", _("The States together")
    PARTNER = "partner", _("The UN and organizations")


OWED_BY_STATES = (Addressee.NATIONAL, Addressee.JOINT)


class Quoted(Translated):
    """Adopted wording with its lines in the source; translations are unofficial and kept apart from it."""

    first_line = models.PositiveIntegerField(_("first line"), null=True, blank=True)
    last_line = models.PositiveIntegerField(_("last line"), null=True, blank=True)

    class Meta:
        abstract = True


class Coded(Quoted):
    """Called by a code, which never changes, and a title."""

    TITLE = "title"  # the field that holds it

    class Meta:
        abstract = True

    @property
    def titled(self) -> str:
        """Code and title, in the reader's language."""
        return f"{self.code} {self.in_language(self.TITLE)}"  # type: ignore[attr-defined]


class Plan(Quoted):
    """An adopted edition of the Joint Plan of Action."""

    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=250)
    adopted_on = models.DateField(_("adopted on"))
    adopted_in = models.CharField(_("adopted in"), max_length=100)
    source = models.CharField(_("source"), max_length=100)
    facts = models.JSONField(default=list, blank=True)  # what the sources say of it: [{"text", "lines"}]
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    class Meta:
        verbose_name = _("plan edition")
        verbose_name_plural = _("plan editions")

    def __str__(self) -> str:
        return self.slug


class Adoption(models.Model):
    """What one State was to one edition."""

    class Role(models.TextChoices):
        ADOPTED = "adopted", pgettext_lazy("what a State was to a plan", "Adopted")
        OBSERVER = "observer", _("Observer")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="adoptions")
    member_state = models.ForeignKey(MemberState, models.PROTECT, related_name="adoptions")
    role = models.CharField(max_length=10, choices=Role.choices)
    on = models.DateField(null=True, blank=True)
    lines = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "member_state"], name="one_adoption_a_state")]

    def __str__(self) -> str:
        return f"{self.plan} {self.member_state}"


class PlanParagraph(Quoted):
    """A paragraph outside pillars: preamble, operative part, introduction of the roadmap."""

    class Part(models.TextChoices):
        PREAMBLE = "preamble", _("Preamble")
        OPERATIVE = "operative", _("Operative paragraphs")
        ROADMAP = "roadmap", _("Roadmap introduction")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="paragraphs")
    part = models.CharField(max_length=10, choices=Part.choices)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "part", "number"], name="one_paragraph_a_place")]

    def __str__(self) -> str:
        return f"{self.part}.{self.number}"


class Pillar(Coded):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="pillars")
    code = models.CharField(_("code"), max_length=10)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=300)
    introduction = models.JSONField(default=list)  # paragraphs, as adopted

    class Meta:
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="pillar_code_once")]

    def __str__(self) -> str:
        return self.code


class Objective(Coded):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="objectives")
    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="objectives", verbose_name=_("pillar"))
    code = models.CharField(_("code"), max_length=10)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=400)
    introduction = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="objective_code_once")]

    def __str__(self) -> str:
        return self.code


class ThematicGroup(Quoted):
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="groups")
    slug = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objective", "slug"], name="group_slug_once")]

    def __str__(self) -> str:
        return self.title


class Theme(Translated):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.slug


class ActionItem(Coded):
    """One commitment of the plan, in its adopted wording."""

    TITLE = "short_title"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="action_items")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="action_items", verbose_name=_("objective"))
    group = models.ForeignKey(ThematicGroup, models.PROTECT, null=True, blank=True, related_name="action_items")
    code = models.CharField(_("code"), max_length=20)
    position = models.PositiveSmallIntegerField()  # through the whole plan
    text = models.TextField(_("adopted text"))
    short_title = models.CharField(_("short title"), max_length=80)
    addressee = models.CharField(_("addressee"), max_length=10, choices=Addressee.choices)
    themes = models.ManyToManyField(Theme, blank=True, related_name="action_items")
    sdg_targets = models.JSONField(default=list, blank=True)
    resolutions = models.JSONField(default=list, blank=True)
    conventions = models.JSONField(default=list, blank=True)
    search_text = models.TextField(blank=True)  # stemmed words in English and Russian, see commitments/search.py

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="item_code_once"),
            models.CheckConstraint(condition=models.Q(addressee__in=Addressee.values), name="item_addressee_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_title}"


class SubMeasure(Quoted):
    action_item = models.ForeignKey(ActionItem, models.PROTECT, related_name="sub_measures")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action_item", "code"], name="sub_measure_code_once")]

    def __str__(self) -> str:
        return self.code


class RoadmapProvision(Coded):
    TITLE = "short_title"

    class Part(models.TextChoices):
        IMPLEMENTATION = "implementation", _("Implementation")
        MONITORING = "monitoring", _("Monitoring and reporting")
        COMMUNICATION = "communication", _("Communication")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="roadmap")
    part = models.CharField(_("part"), max_length=20, choices=Part.choices)
    code = models.CharField(_("code"), max_length=10)
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("adopted text"))
    short_title = models.CharField(_("short title"), max_length=80)

    class Meta:
        verbose_name = _("roadmap provision")
        verbose_name_plural = _("roadmap provisions")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="provision_code_once")]

    def __str__(self) -> str:
        return self.code
