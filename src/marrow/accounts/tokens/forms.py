"""The form of a new token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from marrow.accounts.models import Token

DAYS = (7, 30, 90, 365)


class TokenForm(forms.Form):
    name = forms.CharField(
        max_length=60, label=_("Name"), help_text=_("What it is for: “monthly report”.")
    )
    scope = forms.ChoiceField(choices=Token.Scope.choices, label=_("What it may do"))
    roles = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Only these roles"),
        help_text=_("None ticked: all the roles that you hold, except the administrator's."),
    )
    days = forms.TypedChoiceField(coerce=int, initial=90, label=_("Lives for"))

    def __init__(self, *args: Any, carries: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(d, ngettext("%d day", "%d days", d) % d) for d in DAYS]
        self.fields["days"].choices = told  # type: ignore[attr-defined]
        self.fields["roles"].choices = carries  # type: ignore[attr-defined]
        if not carries:
            del self.fields["roles"]
