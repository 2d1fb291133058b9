"""Forms of accounts and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from marrow.accounts.models import RoleGrant
from marrow.accounts.scopes import SCOPES


class AccountForm(forms.Form):
    full_name = forms.CharField(max_length=150, label=_("Person's name"))
    username = forms.CharField(max_length=150, label=_("User name"))
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
        label=_("First password"),
        help_text=_("At least eight characters, not a common one."),
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        validators=[validate_password],
        label=_("New password"),
        help_text=_("At least eight characters, not a common one."),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=RoleGrant.Role.choices, label=_("Role"))
    scope = forms.ChoiceField(choices=RoleGrant.Scope.choices, label=_("Scope"))
    thing = forms.CharField(
        max_length=200,
        required=False,
        label=_("Limited to"),
        help_text=_(
            "A place's code (CN-BJ), a programme's name in its address (beijing-teams) or an"
            " organisation's name; nothing for everywhere."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """The one thing that is meant, by its id."""
        told = super().clean() or {}
        typed, scope = told.get("thing", "").strip(), SCOPES.get(told.get("scope", ""))
        told["thing"] = None
        if scope is None and typed:  # a limit that is written must never be lost
            self.add_error("scope", _("Choose what it is limited to: a programme, a place …"))
        if scope is None or not typed:
            return told
        found = scope.find(typed)
        if len(found) == 1:
            told["thing"] = next(iter(found))
        elif found:
            names = "; ".join(list(found.values())[:5])
            self.add_error("thing", _("Several are meant by this: %s. Write more of it.") % names)
        else:
            self.add_error("thing", _("Nothing is called so."))
        return told
