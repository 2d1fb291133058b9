"""Forms of people and of what stands on their record."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.accounts.queries import account_called
from marrow.catalogue.queries.specialties import specialty_choices
from marrow.core.models import Record
from marrow.core.viewer import Viewer
from marrow.core.words import semicolon, tongue
from marrow.directory.fields import OrganisationField, PlaceField
from marrow.directory.forms import NamesForm
from marrow.people import queries
from marrow.people.models import (
    Benefit,
    CareerStep,
    Couple,
    Credential,
    Distinction,
    LanguageSkill,
    Learning,
    Person,
    Unavailability,
    Wellbeing,
    Wish,
)
from marrow.programmes.models import Series
from marrow.sources.actions import Source
from marrow.sources.forms import DateTold, SourcedForm
from marrow.ui.forms import ChangeForm

WILLING = (("", _("not asked")), ("True", _("yes")), ("False", _("no")))


def day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


class PersonForm(NamesForm):
    """What is known of a person."""

    kind = forms.ChoiceField(choices=Person.Kind.choices, label=_("Profession"))
    specialty = forms.ChoiceField(required=False, label=_("Specialty"))
    grade = forms.ChoiceField(
        required=False, choices=[("", "–"), *Person.Grade.choices], label=_("Professional title")
    )
    sex = forms.ChoiceField(
        required=False, choices=[("", "–"), *Person.Sex.choices], label=_("Sex")
    )
    birth_year = forms.IntegerField(
        required=False, min_value=1900, max_value=2020, label=_("Year of birth")
    )
    willing = forms.TypedChoiceField(
        required=False, choices=WILLING, label=_("Ready to be sent"),
        coerce=lambda text: text == "True", empty_value=None,
    )  # fmt: skip
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "kind",
        "specialty",
        "grade",
        "sex",
        "birth_year",
        "willing",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["specialty"]
        field.choices = [("", "–"), *specialty_choices()]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        return {c: self.cleaned_data[c] for c in self.COLUMNS}


class EnterPersonForm(PersonForm):
    unit = OrganisationField(label=_("Unit"))
    field_order = ("name_en", "name_zh", "name_fr", "unit")


class ChangePersonForm(ChangeForm, PersonForm):
    left_on = DateTold(label=_("Left the unit"))
    COLUMNS: ClassVar[tuple[str, ...]] = (*PersonForm.COLUMNS, "left_on")

    def told(self) -> dict[str, Any]:
        told = {c: v for c, v in super().told().items() if c in self.changed()}
        if {"name_en", "name_zh", "name_fr"} & self.changed():
            told["names"] = self.names()
        return told


class AccountForm(forms.Form):
    username = forms.CharField(
        max_length=150, label=_("User name"), help_text=_("The name with which they sign in.")
    )

    def clean_username(self) -> UUID:
        found = account_called(self.cleaned_data["username"].strip())
        if found is None:
            raise forms.ValidationError(_("Nobody signs in with this name."))
        return found


class MineForm(forms.Form):
    mine = forms.TypedChoiceField(
        choices=(("yes", _("yes, this is me")), ("no", _("no, this is somebody else"))),
        label=_("Is this you?"), widget=forms.RadioSelect, coerce=lambda told: told == "yes",
    )  # fmt: skip


class PartForm(forms.Form):
    """Something that is added to a person's record."""

    heading: ClassVar[Any] = ""

    def part(self) -> Record:
        raise NotImplementedError

    def told(self) -> dict[str, Any]:
        """What its source tells; nothing where it needs none."""
        return {}

    def paper(self) -> Source | None:
        """The source, where one is asked for."""
        return None


class CredentialForm(PartForm):
    heading = _("Add a credential")
    kind = forms.ChoiceField(choices=Credential.Kind.choices, label=_("Kind"))
    title = forms.CharField(required=False, max_length=160, label=_("Name of the credential"))
    number = forms.CharField(required=False, max_length=60, label=_("Number"))
    given_by = forms.CharField(required=False, max_length=160, label=_("Given by"))
    issued_on = DateTold(label=pgettext_lazy("credential", "Issued"))
    expires_on = day(
        _("Valid until"), required=False, help_text=_("Empty: nobody told when it ends.")
    )

    def part(self) -> Record:
        return Credential(id=uuid4(), **self.cleaned_data)


class LanguageForm(PartForm):
    heading = _("Add a language")
    language = forms.ChoiceField(label=_("Language"))
    level = forms.ChoiceField(choices=LanguageSkill.Level.choices, label=_("Level (CEFR)"))
    tested_on = DateTold(label=_("Tested"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = queries.language_choices()  # type: ignore[attr-defined]

    def part(self) -> Record:
        return LanguageSkill(id=uuid4(), **self.cleaned_data)


class UnavailableForm(PartForm):
    heading = _("Add days when not free")
    why = forms.ChoiceField(choices=Unavailability.Why.choices, label=_("Why"))
    from_on = day(_("First day away"))
    until_on = day(_("First free day"), required=False, help_text=_("Empty: not known yet."))

    def part(self) -> Record:
        return Unavailability(id=uuid4(), **self.cleaned_data)


class BenefitForm(PartForm, SourcedForm):
    heading = _("Add a benefit")
    kind = forms.ChoiceField(choices=Benefit.Kind.choices, label=_("Benefit"))
    granted_on = DateTold(label=_("Granted"))
    note = forms.CharField(required=False, max_length=200, label=_("Note"))

    def part(self) -> Record:
        told = {c: self.cleaned_data[c] for c in ("kind", "granted_on", "note")}
        return Benefit(id=uuid4(), **told)

    def told(self) -> dict[str, Any]:
        return {"kind": self.cleaned_data["kind"]}

    def paper(self) -> Source:
        return self.told_by()


class DistinctionForm(PartForm):
    heading = _("Add an honour")
    name = forms.CharField(max_length=200, label=_("Name of the honour"))
    body = forms.CharField(required=False, max_length=200, label=_("Given by"))
    given_on = DateTold(label=_("Given"))

    def part(self) -> Record:
        told = self.cleaned_data
        return Distinction(
            id=uuid4(), names={tongue(): told["name"]}, body=told["body"], given_on=told["given_on"]
        )


class CareerForm(PartForm):
    heading = _("Add a step of the career")
    kind = forms.ChoiceField(choices=CareerStep.Kind.choices, label=_("Kind"))
    what = forms.CharField(max_length=200, label=_("What they became"))
    since_on = DateTold(label=_("Since"))

    def part(self) -> Record:
        return CareerStep(id=uuid4(), **self.cleaned_data)


class LearningForm(PartForm):
    heading = _("Add what they learned on mission")
    what = forms.CharField(
        max_length=300, label=_("What they brought home"), widget=forms.Textarea(attrs={"rows": 2})
    )
    learned_on = DateTold(label=_("When"))

    def part(self) -> Record:
        return Learning(id=uuid4(), **self.cleaned_data)


class WishForm(forms.Form):
    """A place or a series of teams, wished for or refused."""

    kind = forms.ChoiceField(
        choices=Wish.Kind.choices, label=_("Wish or refusal"), widget=forms.RadioSelect
    )
    area = PlaceField(
        label=_("Place"), required=False,
        help_text=_("With all that lies in it. Leave it empty for a wish for a series."),
    )  # fmt: skip
    series = forms.ModelChoiceField(
        queryset=Series.objects.none(), required=False, label=_("Series of teams")
    )
    points = forms.TypedChoiceField(
        choices=((1, "1"), (2, "2"), (3, "3")), coerce=int, initial=1,
        label=_("How much they wish it (1 to 3)"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = Series.objects.order_by("key")  # type: ignore[attr-defined]


class CoupleForm(forms.Form):
    """With whom somebody is a couple, by name."""

    name = forms.CharField(
        max_length=120, label=_("The other one’s name"),
        help_text=_("As it stands in their record; they may be of another hospital of yours."),
    )  # fmt: skip
    rule = forms.ChoiceField(choices=Couple.Rule.choices, label=_("Rule"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_name(self) -> UUID:
        typed = self.cleaned_data["name"].strip()
        found = queries.meant_by(self.viewer, typed)
        if len(found) == 1:
            return found[0].pk
        if not found:
            raise forms.ValidationError(_("Nobody of your people is called “%s”.") % typed)
        near = semicolon().join(f"{p} ({p.unit})" for p in found)
        raise forms.ValidationError(_("Several are meant: %s. Write the whole name.") % near)


class ContactForm(forms.Form):
    name = forms.CharField(max_length=120, label=_("Name"))
    relation = forms.CharField(required=False, max_length=60, label=_("Relation"))
    phone = forms.CharField(max_length=40, label=_("Telephone"))


class FeelingForm(forms.Form):
    feeling = forms.ChoiceField(
        choices=Wellbeing.Feeling.choices, label=_("How are you?"), widget=forms.RadioSelect
    )
    words = forms.CharField(
        required=False, max_length=1000, label=_("In your words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept sealed: you and your programme office read it."),
    )  # fmt: skip


PARTS: dict[str, type[PartForm]] = {
    "credential": CredentialForm, "language": LanguageForm, "away": UnavailableForm,
    "benefit": BenefitForm, "honour": DistinctionForm, "career": CareerForm,
    "learning": LearningForm,
}  # fmt: skip
