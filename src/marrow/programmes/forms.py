"""Forms of programmes and their parts. A part's form says which rows it makes and what is told."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.models import Record
from marrow.core.words import in_tongue, tongue
from marrow.directory.fields import OrganisationField, PlaceField
from marrow.directory.forms import ChangeNamedForm, NamedForm, by_tongue
from marrow.directory.models import Area, Department, Organisation
from marrow.programmes.models import (
    Agreement,
    Consortium,
    ConsortiumLink,
    Event,
    Interruption,
    Partnership,
    PolicyGoal,
    Programme,
    Series,
    Speaker,
    Tasking,
)
from marrow.programmes.rules import MOST_REST, is_in_order
from marrow.sources.forms import SOURCE, DateTold, SourcedForm
from marrow.ui.forms import ChangeForm


class ProgrammeForm(NamedForm):
    kind = forms.ChoiceField(choices=Programme.Kind.choices, label=gettext_lazy("Kind"))
    sender = PlaceField(required=False, label=gettext_lazy("Sender"))
    started_on = DateTold(label=gettext_lazy("Since"))


class ChangeProgrammeForm(ChangeNamedForm):
    sender = PlaceField(required=False, label=gettext_lazy("Sender"))
    authority = OrganisationField(required=False, label=gettext_lazy("Approved by"))
    status = forms.ChoiceField(choices=Programme.Status.choices, label=gettext_lazy("Status"))
    started_on = DateTold(label=gettext_lazy("Since"))
    ended_on = DateTold(label=gettext_lazy("Ended"))

    def told(self) -> dict[str, object]:
        """The columns that were changed."""
        changed = self.changed()
        columns = ("sender", "authority", "status", "started_on", "ended_on")
        told: dict[str, object] = {c: self.cleaned_data[c] for c in columns if c in changed}
        if named := self.tongues():
            told["names"] = named
        return told


class RestForm(ChangeForm):
    months = forms.IntegerField(
        min_value=0, max_value=MOST_REST, required=False,
        label=gettext_lazy("Months at home between two missions"),
        help_text=gettext_lazy("Empty: no rule of its own, 12 months."),
    )  # fmt: skip


class SeriesForm(SourcedForm):
    place = PlaceField(required=False, label=gettext_lazy("Recipient: a country or place"))
    organisation = OrganisationField(
        required=False, label=gettext_lazy("Recipient: an organisation")
    )
    since = DateTold(label=gettext_lazy("Since"))
    track = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Track"),
        help_text=gettext_lazy("Only where two series run side by side: an island, the military."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("place") is None) == (told.get("organisation") is None):
            self.add_error("place", _("Name one recipient: a place or an organisation."))
        return told

    def recipient(self) -> Area | Organisation:
        found: Area | Organisation = self.cleaned_data["place"] or self.cleaned_data["organisation"]
        return found


class ChangeSeriesForm(ChangeNamedForm):
    heading = gettext_lazy("Change the series")
    since = DateTold(label=gettext_lazy("Since"))

    @classmethod
    def over(cls, row: Series, data: Any) -> Self:
        return cls(data, initial={**by_tongue("name", row.names), "since": row.since})

    def told(self) -> dict[str, object]:
        """The columns that were changed."""
        told = {"since": self.cleaned_data["since"]} if "since" in self.changed() else {}
        named = self.tongues()
        return {**told, "names": named} if named else told


class PartForm(SourcedForm):
    """A part of a programme: `rows` makes it, `told` says which of its fields the source tells."""

    heading: ClassVar[Any] = ""

    def rows(self, programme: Programme) -> list[Record]:
        raise NotImplementedError

    def told(self) -> dict[str, object]:
        raise NotImplementedError


class GoalForm(NamedForm, PartForm):
    heading = gettext_lazy("Add a policy goal")
    code = forms.CharField(
        max_length=30, label=gettext_lazy("Code"), help_text=gettext_lazy("SDG3, GDI, FIVE_YEAR_14")
    )

    def rows(self, programme: Programme) -> list[Record]:
        return [PolicyGoal(programme=programme, code=self.cleaned_data["code"], names=self.names())]

    def told(self) -> dict[str, object]:
        return {"code": self.cleaned_data["code"]}


class TaskingForm(PartForm):
    heading = gettext_lazy("Add a step of the tasking chain")
    organisation = OrganisationField(label=gettext_lazy("Organisation"))
    role = forms.ChoiceField(choices=Tasking.Role.choices, label=gettext_lazy("Role"))
    rank = forms.IntegerField(
        min_value=1, max_value=99, label=gettext_lazy("Place in the chain, 1 at the top")
    )

    def rows(self, programme: Programme) -> list[Record]:
        names = ("organisation", "role", "rank")
        return [Tasking(programme=programme, **{c: self.cleaned_data[c] for c in names})]

    def told(self) -> dict[str, object]:
        return {"role": self.cleaned_data["role"]}


class AgreementForm(NamedForm, PartForm):
    heading = gettext_lazy("Add an agreement")
    signed_on = DateTold(label=gettext_lazy("Signed"))
    starts_on = DateTold(label=gettext_lazy("Term starts"))
    ends_on = DateTold(label=gettext_lazy("Term ends"))
    parties = forms.CharField(
        required=False,
        label=gettext_lazy("Signed by"),
        help_text=gettext_lazy("One party a line, as the source names it."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )

    def rows(self, programme: Programme) -> list[Record]:
        dates = {c: self.cleaned_data[c] for c in ("signed_on", "starts_on", "ends_on")}
        parties = lines(self.cleaned_data["parties"])
        return [Agreement(programme=programme, names=self.names(), parties=parties, **dates)]

    def told(self) -> dict[str, object]:
        dates = {c: self.cleaned_data[c] for c in ("signed_on", "starts_on", "ends_on")}
        return {"names": in_tongue(self.names()), **{c: day for c, day in dates.items() if day}}


class ChangeAgreementForm(ChangeNamedForm, AgreementForm):
    heading = gettext_lazy("Change the agreement")

    @classmethod
    def over(cls, row: Agreement, data: Any) -> Self:
        dates = {c: getattr(row, c) for c in ("signed_on", "starts_on", "ends_on")}
        parties = "\n".join(row.parties)
        return cls(data, initial={**by_tongue("name", row.names), **dates, "parties": parties})

    def told(self) -> dict[str, object]:
        """The columns that were changed."""
        dates = {"signed_on", "starts_on", "ends_on"} & self.changed()
        told: dict[str, object] = {c: self.cleaned_data[c] for c in dates}
        if "parties" in self.changed():
            told["parties"] = lines(self.cleaned_data["parties"])
        if named := self.tongues():
            told["names"] = named
        return told


class PartnershipForm(PartForm):
    heading = gettext_lazy("Add a partnership")
    mode = forms.ChoiceField(choices=Partnership.Mode.choices, label=gettext_lazy("Form"))
    status = forms.TypedChoiceField(
        choices=[("", "–"), *Partnership.Status.choices], coerce=int, empty_value=None,
        required=False, label=gettext_lazy("Status"),
    )  # fmt: skip
    sender_area = PlaceField(required=False, label=gettext_lazy("Sender: a place"))
    sender = OrganisationField(required=False, label=gettext_lazy("Sender: an organisation"))
    sender_department = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Sender: its department")
    )
    recipient_area = PlaceField(required=False, label=gettext_lazy("Recipient: a country or place"))
    recipient = OrganisationField(required=False, label=gettext_lazy("Recipient: an organisation"))
    recipient_department = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Recipient: its department")
    )
    starts_on = DateTold(label=gettext_lazy("Since"))
    ends_on = DateTold(label=gettext_lazy("Ended"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for side in ("sender", "recipient"):
            if told.get(side) is None and told.get(f"{side}_area") is None:
                self.add_error(side, _("Name a place or an organisation."))
            told[f"{side}_department"] = self._department(side, told)
        return told

    def _department(self, side: str, told: dict[str, Any]) -> Department | None:
        typed, hospital = told.get(f"{side}_department", ""), told.get(side)
        if not typed:
            return None
        for row in Department.objects.filter(organisation=hospital) if hospital else ():
            if typed.casefold() in (n.casefold() for n in row.names.values()):
                return row
        told_to = _("This hospital has no department of this name; record it on its page first.")
        self.add_error(f"{side}_department", told_to)
        return None

    def rows(self, programme: Programme) -> list[Record]:
        told = {c: v for c, v in self.cleaned_data.items() if c not in SOURCE}
        return [Partnership(programme=programme, **told)]

    def told(self) -> dict[str, object]:
        return {"mode": self.cleaned_data["mode"]}


class ConsortiumForm(NamedForm, PartForm):
    """One link: who leads whom. The same name again adds to the same consortium."""

    heading = gettext_lazy("Add a link of a consortium")
    upper = OrganisationField(label=gettext_lazy("Led by"))
    lower = OrganisationField(required=False, label=gettext_lazy("Member: an organisation"))
    lower_area = PlaceField(required=False, label=gettext_lazy("Member: all of a place"))

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("lower") is None and told.get("lower_area") is None:
            self.add_error("lower", _("Name a place or an organisation."))
        return told

    def rows(self, programme: Programme) -> list[Record]:
        known = [c for c in programme.consortia.all() if c.names == self.names()]
        whole = known[0] if known else Consortium(programme=programme, names=self.names())
        told = {c: self.cleaned_data[c] for c in ("upper", "lower", "lower_area")}
        link = ConsortiumLink(consortium=whole, **told)
        return [link] if known else [whole, link]

    def told(self) -> dict[str, object]:
        return {"names": in_tongue(self.names())}


class SpeakersField(forms.CharField):
    """Who spoke or attended, one a line; a line needs a name before its office."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=gettext_lazy("Speakers"),
            help_text=gettext_lazy("One a line: name; office as the source names it."),
            widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        )

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not all(parted(line)[0] for line in lines(text)):
            raise forms.ValidationError(_("Write a name before the office on each line."))
        return text


class EventForm(NamedForm, PartForm):
    heading = gettext_lazy("Add a meeting or event")
    kind = forms.ChoiceField(choices=Event.Kind.choices, label=gettext_lazy("Kind"))
    held_on = DateTold(label=gettext_lazy("Held"))
    place = PlaceField(required=False, label=gettext_lazy("Place"))
    speakers = SpeakersField()

    def rows(self, programme: Programme) -> list[Record]:
        told = self.cleaned_data
        event = Event(
            programme=programme, kind=told["kind"], names=self.names(), held_on=told["held_on"],
            place=told["place"].names if told["place"] else {},
        )  # fmt: skip
        return [event, *(_speaker(event, n, x) for n, x in enumerate(lines(told["speakers"]), 1))]

    def told(self) -> dict[str, object]:
        held = self.cleaned_data["held_on"]
        return {"names": in_tongue(self.names()), **({"held_on": held} if held else {})}


class ChangeEventForm(ChangeNamedForm):
    heading = gettext_lazy("Change the event")
    kind = forms.ChoiceField(choices=Event.Kind.choices, label=gettext_lazy("Kind"))
    held_on = DateTold(label=gettext_lazy("Held"))
    place_en = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Place in English")
    )
    place_zh = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Place in Chinese")
    )
    place_fr = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Place in French")
    )
    speakers = SpeakersField()

    @classmethod
    def over(cls, row: Event, data: Any) -> Self:
        named = {**by_tongue("name", row.names), **by_tongue("place", row.place)}
        spoke = (
            f"{s}; {office}" if (office := in_tongue(s.office)) else str(s)
            for s in row.speakers.all()
        )
        told = {"kind": row.kind, "held_on": row.held_on, "speakers": "\n".join(spoke)}
        return cls(data, initial={**named, **told})

    def told(self) -> dict[str, object]:
        """The columns that were changed."""
        told: dict[str, object] = {
            c: self.cleaned_data[c] for c in ("kind", "held_on") if c in self.changed()
        }
        for column, of in (("names", "name"), ("place", "place")):
            if written := self.tongues(of):
                told[column] = written
        return told

    def spoken(self) -> list[tuple[str, str]] | None:
        """All speakers as (name, office), where they were changed."""
        if "speakers" not in self.changed():
            return None
        return [parted(line) for line in lines(self.cleaned_data["speakers"])]


def _speaker(event: Event, rank: int, line: str) -> Speaker:
    name, office = parted(line)
    return Speaker(
        event=event, names={tongue(): name}, office={tongue(): office} if office else {}, rank=rank
    )


def parted(line: str) -> tuple[str, str]:
    """A speaker's line as name and office."""
    name, _mark, office = (part.strip() for part in line.partition(";"))
    return name, office


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class InterruptionForm(SourcedForm):
    stopped_on = DateTold(label=gettext_lazy("Stopped"))
    resumed_on = DateTold(label=gettext_lazy("Sent again"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        stopped, resumed = told.get("stopped_on"), told.get("resumed_on")
        if not stopped and not resumed:
            self.add_error("stopped_on", _("Write when it stopped, when it was resumed, or both."))
        elif not is_in_order(stopped or "", resumed or ""):
            self.add_error("resumed_on", _("It cannot be sent again before it stopped."))
        return told

    def rows(self, series: Series) -> list[Record]:
        return [Interruption(series=series, **self._dates())]

    def told(self) -> dict[str, object]:
        return {c: day for c, day in self._dates().items() if day}

    def _dates(self) -> dict[str, str]:
        return {c: self.cleaned_data[c] for c in ("stopped_on", "resumed_on")}


PARTS: dict[str, type[PartForm]] = {
    "goal": GoalForm, "tasking": TaskingForm, "agreement": AgreementForm,
    "partnership": PartnershipForm, "consortium": ConsortiumForm, "event": EventForm,
}  # fmt: skip
