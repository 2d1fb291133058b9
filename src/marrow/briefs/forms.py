"""Forms: a month's brief, a line of an operating list, an operation, a check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.activity.rules.kinds import AGES, OUTCOMES, SEXES, Words
from marrow.briefs.models import Screened
from marrow.briefs.queries.briefing import Line, Photograph
from marrow.catalogue.fields import ItemField
from marrow.core.words import in_tongue
from marrow.directory.models import Organisation
from marrow.people.forms import day


def _of(words: Words) -> list[tuple[str, str]]:
    return [("", "–"), *((code, in_tongue(names)) for code, names in words.items())]


def _seen(photograph: Photograph) -> str:
    """A photograph to choose, as it looks, with what is told of it."""
    return format_html(
        '<img class="chosen" src="{}" loading="lazy" alt=""> {}',
        reverse("activity:picture", args=[photograph.pk]),
        photograph.told,
    )


class BriefForm(forms.Form):
    """The leader's words by language, and which photographs are shown."""

    pictures = forms.TypedMultipleChoiceField(
        required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple,
        label=pgettext_lazy("brief", "Photographs"), help_text=_("At most three."),
    )  # fmt: skip
    field_order: Sequence[str] = ()

    def __init__(
        self, *args: Any, texts: Mapping[str, str], photographs: Sequence[Photograph],
        lines: Sequence[Line], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.lines = lines  # the figures of the month, which stand beside the words
        for code, name in settings.LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                required=False, max_length=6000, initial=texts.get(code, ""), label=name,
                widget=forms.Textarea(attrs={"rows": 6, "lang": code}),
            )  # fmt: skip
        self.order_fields([f"text_{code}" for code, _name in settings.LANGUAGES])
        told = [(str(p.pk), _seen(p)) for p in photographs]
        if told:
            self.fields["pictures"].choices = told  # type: ignore[attr-defined]
        else:
            del self.fields["pictures"]

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code, _name in settings.LANGUAGES}


class ScreenedForm(forms.Form):
    """Somebody who was looked at: never a name, a number is given."""

    organisation = forms.TypedChoiceField(label=_("Hospital"), coerce=UUID)
    screened_on = day(_("Screened on"))
    verdict = forms.ChoiceField(
        choices=Screened.Verdict.choices, label=pgettext_lazy("operating list", "What was decided")
    )
    item = ItemField(required=False, label=pgettext_lazy("what was done", "Technique or condition"))
    sex = forms.ChoiceField(required=False, label=_("Sex"))
    age = forms.ChoiceField(required=False, label=_("Age"))

    def __init__(self, *args: Any, places: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(place.pk), str(place)) for place in places]
        self.fields["organisation"].choices = told  # type: ignore[attr-defined]
        for name, words in (("sex", SEXES), ("age", AGES)):
            self.fields[name].choices = _of(words)  # type: ignore[attr-defined]

    def screened(self) -> Screened:
        return Screened(
            id=uuid4(), **{k: v for k, v in self.cleaned_data.items() if k != "organisation"}
        )


class OperatedForm(forms.Form):
    """Its operation: one that stands among the team's records, or a new one."""

    deed = forms.TypedChoiceField(
        required=False, coerce=UUID, empty_value=None,
        label=pgettext_lazy("operating list", "Recorded already"),
        help_text=_("An operation that the team recorded, on a phone or here. Empty: a new one."),
    )  # fmt: skip
    held_on = day(_("Operated on"), required=False)
    with_whom = forms.CharField(
        required=False, max_length=120, label=_("With which colleague"),
        help_text=_("Of the staff, for example who was assisted or supervised. Never a patient."),
    )  # fmt: skip

    def __init__(self, *args: Any, recorded: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deed"].choices = [("", "–"), *recorded]  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    on = day(_("Seen on"))
    outcome = forms.ChoiceField(label=_("Outcome"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = _of(OUTCOMES)[1:]  # type: ignore[attr-defined]
