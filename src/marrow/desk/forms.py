"""The form of one's letters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from marrow.desk.models import Wish


class LettersForm(forms.Form):
    every = forms.ChoiceField(
        choices=Wish.Every.choices, label=_("A letter with what waits for you"),
        help_text=_("Sent at six in the morning, UTC; none on a day on which nothing waits."),
    )  # fmt: skip
    address = forms.EmailField(
        required=False, max_length=254, label=_("To this e-mail address"),
        help_text=_("A first letter asks you to confirm it."),
    )  # fmt: skip
