"""Forms of batches and trips, and of what is added to them."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.models import Record
from marrow.core.words import in_tongue, tongue
from marrow.directory.fields import OrganisationField, PlaceField, as_typed
from marrow.directory.forms import ChangeNamedForm, NamedForm, by_tongue
from marrow.missions.models import Donation, Fallen, Honour, Mission, SendingUnit, Site
from marrow.programmes.models import Programme
from marrow.sources.forms import SOURCE, DateTold, SourcedForm
from marrow.ui.forms import ChangeForm


def _choices(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=choices, required=False, label=label, widget=forms.CheckboxSelectMultiple
    )


class ToldForm(SourcedForm):
    """What is told of a mission: who sent it, how many, when."""

    sender = PlaceField(required=False, label=gettext_lazy("Sent by"))
    size = forms.IntegerField(
        required=False, min_value=1, max_value=9999, label=gettext_lazy("Persons")
    )
    months = forms.IntegerField(
        required=False, min_value=1, max_value=120, label=gettext_lazy("Work period, months")
    )
    signed_on = DateTold(label=gettext_lazy("Agreement signed"))
    departed_on = DateTold(label=gettext_lazy("Left"))
    arrived_on = DateTold(label=gettext_lazy("Arrived"))
    planned_end_on = DateTold(label=gettext_lazy("Planned end"))
    returned_on = DateTold(label=gettext_lazy("Returned"))
    status = forms.ChoiceField(choices=Mission.Status.choices, label=gettext_lazy("Status"))
    status_as_of = DateTold(label=gettext_lazy("Status as of"))
    purposes = _choices(gettext_lazy("Purpose"), Mission.Purpose.choices)
    tags = _choices(gettext_lazy("What marks it"), Mission.Tag.choices)
    COLUMNS: ClassVar = (
        "sender", "size", "months", "signed_on", "departed_on", "arrived_on", "planned_end_on",
        "returned_on", "status", "status_as_of", "purposes", "tags",
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        return {c: self.cleaned_data[c] for c in self.COLUMNS}


class BatchForm(ToldForm):
    number = forms.IntegerField(min_value=1, max_value=999, label=gettext_lazy("Number"))
    field_order = ("number",)

    def told(self) -> dict[str, Any]:
        """What is empty is left to the series: its sender, and no status."""
        return {c: v for c, v in super().told().items() if v not in (None, "", [], "UNKNOWN")}


class ChangeMissionForm(ChangeForm, ToldForm):
    free = SOURCE

    def told(self) -> dict[str, Any]:
        return {c: v for c, v in super().told().items() if c in self.changed()}


class TripForm(NamedForm, ToldForm):
    kind = forms.ChoiceField(choices=Mission.Kind.choices, label=gettext_lazy("Kind"))
    field_order = ("name_en", "name_zh", "name_fr", "kind")


class PartForm(SourcedForm):
    """Something that is added to a mission, or to a programme where it belongs to no mission."""

    heading: ClassVar[Any] = ""

    def rows(self, programme: Programme, mission: Mission | None) -> list[Record]:
        raise NotImplementedError

    def told(self) -> dict[str, Any]:
        raise NotImplementedError


def begun_field() -> forms.DateField:
    return forms.DateField(
        required=False, label=gettext_lazy("The team works there since"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy(
            "Where no day is told of a team that is on post already, it counts from today: the days"
            " before keep their answer."
        ),
    )  # fmt: skip


class SiteForm(PartForm):
    heading = gettext_lazy("Add a place of work")
    organisation = OrganisationField(required=False, label=gettext_lazy("A hospital"))
    area = PlaceField(required=False, label=gettext_lazy("Or a place"))
    as_told = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Or its name as the source gives it")
    )
    from_on = begun_field()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not any(told.get(c) for c in ("organisation", "area", "as_told")):
            self.add_error("organisation", _("Name a hospital or a place."))
        return told

    def rows(self, programme: Programme, mission: Mission | None) -> list[Record]:
        told = {c: self.cleaned_data[c] for c in ("organisation", "area", "as_told", "from_on")}
        return [Site(mission=mission, **told)]

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        area = told["area"].code if told["area"] else ""
        return {"site": str(told["organisation"] or "") or area or told["as_told"]}


class ChangeSiteForm(ChangeForm, SiteForm):
    free = SOURCE
    heading = gettext_lazy("Change the place of work")

    @classmethod
    def over(cls, row: Site, data: Any) -> Self:
        where = {"organisation": as_typed(row.organisation), "area": as_typed(row.area)}
        return cls(data, initial={**where, "as_told": row.as_told, "from_on": row.from_on})

    def told(self) -> dict[str, Any]:
        """The columns that were changed."""
        return {c: self.cleaned_data[c] for c in self.changed()}


class WhichHospitalForm(SourcedForm):
    organisation = OrganisationField(label=gettext_lazy("It is this hospital"))
    from_on = begun_field()


class UnitForm(PartForm):
    heading = gettext_lazy("Add a sending unit")
    organisation = OrganisationField(label=gettext_lazy("Sending unit"))
    persons = forms.IntegerField(
        required=False, min_value=1, max_value=9999, label=gettext_lazy("Persons, where it is told")
    )

    def rows(self, programme: Programme, mission: Mission | None) -> list[Record]:
        told = {c: self.cleaned_data[c] for c in ("organisation", "persons")}
        return [SendingUnit(mission=mission, **told)]

    def told(self) -> dict[str, Any]:
        persons = self.cleaned_data["persons"]
        about = {"organisation": str(self.cleaned_data["organisation"])}
        return {**about, **({"persons": persons} if persons else {})}


class ChangeUnitForm(ChangeForm, UnitForm):
    free = SOURCE
    heading = gettext_lazy("Change the sending unit")

    @classmethod
    def over(cls, row: SendingUnit, data: Any) -> Self:
        told = {"organisation": as_typed(row.organisation), "persons": row.persons}
        return cls(data, initial=told)

    def told(self) -> dict[str, Any]:
        """The columns that were changed."""
        return {c: self.cleaned_data[c] for c in self.changed()}


class HonourForm(NamedForm, PartForm):
    heading = gettext_lazy("Add an honour")
    body = forms.CharField(required=False, max_length=200, label=gettext_lazy("Given by"))
    to = forms.ChoiceField(choices=Honour.To.choices, label=gettext_lazy("Given to"))
    count = forms.IntegerField(
        required=False, min_value=1, max_value=9999, label=gettext_lazy("To how many")
    )
    given_on = DateTold(label=gettext_lazy("Given"))

    def rows(self, programme: Programme, mission: Mission | None) -> list[Record]:
        told = {c: self.cleaned_data[c] for c in ("to", "count", "given_on")}
        body = self.cleaned_data["body"].strip()
        whose = {"mission": mission} if mission else {"programme": programme}
        named = {"names": self.names(), "body": {tongue(): body} if body else {}}
        return [Honour(**whose, **named, **told)]

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data["given_on"]
        return {"names": in_tongue(self.names()), **({"given_on": given} if given else {})}


class ChangeHonourForm(ChangeNamedForm):
    heading = gettext_lazy("Change the honour")
    body_en = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Given by, in English")
    )
    body_zh = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Given by, in Chinese")
    )
    body_fr = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Given by, in French")
    )
    to = forms.ChoiceField(choices=Honour.To.choices, label=gettext_lazy("Given to"))
    count = forms.IntegerField(
        required=False, min_value=1, max_value=9999, label=gettext_lazy("To how many")
    )
    given_on = DateTold(label=gettext_lazy("Given"))

    @classmethod
    def over(cls, row: Honour, data: Any) -> Self:
        named = {**by_tongue("name", row.names), **by_tongue("body", row.body)}
        told = {c: getattr(row, c) for c in ("to", "count", "given_on")}
        return cls(data, initial={**named, **told})

    def told(self) -> dict[str, Any]:
        """The columns that were changed."""
        columns = ("to", "count", "given_on")
        told = {c: self.cleaned_data[c] for c in columns if c in self.changed()}
        for column, of in (("names", "name"), ("body", "body")):
            if written := self.tongues(of):
                told[column] = written
        return told


class DonationForm(NamedForm, PartForm):
    heading = gettext_lazy("Add a donation or building")
    kind = forms.ChoiceField(choices=Donation.Kind.choices, label=gettext_lazy("Kind"))
    area = PlaceField(required=False, label=gettext_lazy("To which place"))
    given_on = DateTold(label=gettext_lazy("Given"))

    def rows(self, programme: Programme, mission: Mission | None) -> list[Record]:
        pk = uuid4()
        told = {c: self.cleaned_data[c] for c in ("kind", "area", "given_on")}
        return [
            Donation(
                id=pk, key=f"entered:{pk}", programme=programme, mission=mission,
                names=self.names(), **told,
            )
        ]  # fmt: skip

    def told(self) -> dict[str, Any]:
        return {"names": in_tongue(self.names())}


class ChangeDonationForm(ChangeNamedForm):
    heading = gettext_lazy("Change the donation or building")
    kind = forms.ChoiceField(choices=Donation.Kind.choices, label=gettext_lazy("Kind"))
    area = PlaceField(required=False, label=gettext_lazy("To which place"))
    given_on = DateTold(label=gettext_lazy("Given"))

    @classmethod
    def over(cls, row: Donation, data: Any) -> Self:
        told = {"kind": row.kind, "area": as_typed(row.area), "given_on": row.given_on}
        return cls(data, initial={**by_tongue("name", row.names), **told})

    def told(self) -> dict[str, Any]:
        """The columns that were changed."""
        columns = ("kind", "area", "given_on")
        told = {c: self.cleaned_data[c] for c in columns if c in self.changed()}
        named = self.tongues()
        return {**told, "names": named} if named else told


class FallenForm(PartForm):
    heading = gettext_lazy("Record those who died on mission")
    area = PlaceField(label=gettext_lazy("Where"))
    persons = forms.IntegerField(
        min_value=1,
        max_value=999,
        label=gettext_lazy("Persons"),
        help_text=gettext_lazy("The number that the source gives. No names, no ranking."),
    )

    def rows(self, programme: Programme, mission: Mission | None) -> list[Record]:
        told = {c: self.cleaned_data[c] for c in ("area", "persons")}
        return [Fallen(programme=programme, **told)]

    def told(self) -> dict[str, Any]:
        return {"persons": self.cleaned_data["persons"]}


OF_MISSION: dict[str, type[PartForm]] = {
    "site": SiteForm, "unit": UnitForm, "honour": HonourForm, "donation": DonationForm,
}  # fmt: skip
OF_PROGRAMME: dict[str, type[PartForm]] = {
    "honour": HonourForm, "donation": DonationForm, "fallen": FallenForm,
}  # fmt: skip
