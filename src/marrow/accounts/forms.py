"""Forms of accounts and roles."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from marrow.accounts.models import RoleGrant


class AccountForm(forms.Form):
    full_name = forms.CharField(max_length=150, label=_("Person's name"))
    username = forms.CharField(max_length=150, label=_("User name"))
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
        label=_("First password"),
        help_text=_("At least eight characters, not a common one."),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=RoleGrant.Role.choices, label=_("Role"))
    scope = forms.ChoiceField(choices=RoleGrant.Scope.choices, label=_("Scope"))
    thing = forms.UUIDField(
        required=False,
        label=_("For which"),
        help_text=_("The id of the programme, organisation or area; empty for everywhere."),
    )
