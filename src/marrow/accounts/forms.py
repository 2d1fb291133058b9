"""Forms of accounts and roles, of signing in, and of codes on paper."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePassword
from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticate
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthConfirmByCode
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marrow.accounts.models import Account, RoleGrant
from marrow.accounts.scopes import SCOPES
from marrow.core.words import semicolon
from marrow.directory.forms import NamesForm


def fitting(password: str, username: str = "") -> str:
    """The password, where it is long enough, not a common one, and not the user name with a little
    beside it; else a ValidationError says what is wrong."""
    validate_password(password, Account(username=username))
    return password


class NewPasswordForm(forms.Form):
    """A form in which somebody chooses the password of an account; `owner` is its user name where
    the form does not ask for it."""

    owner = ""

    def clean_password(self) -> str:
        told = self.cleaned_data
        return fitting(told["password"], told.get("username", self.owner))


class AccountForm(NewPasswordForm, NamesForm):
    full_name = forms.CharField(max_length=150, label=_("Person's name"))
    username = forms.CharField(max_length=150, label=_("User name"))
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label=_("First password"),
        help_text=_("At least eight characters, not a common one."),
    )
    field_order = ("full_name", "name_en", "name_zh", "name_fr", "username", "password")

    def told(self) -> dict[str, Any]:
        told = {c: self.cleaned_data[c] for c in ("full_name", "username", "password")}
        return {**told, "names": self.names()}


class PasswordForm(NewPasswordForm):
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label=_("New password"),
        help_text=_("At least eight characters, not a common one."),
    )

    def __init__(self, *args: Any, owner: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner


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
            names = semicolon().join(list(found.values())[:5])
            self.add_error("thing", _("Several are meant by this: %s. Write more of it.") % names)
        else:
            self.add_error("thing", _("Nothing is called so."))
        return told


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("User name")), ("password", _("Password"))):
            in_our_words(self.fields[name], label)


class ChangePasswordForm(AllauthChangePassword):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("oldpassword", _("Present password")), ("password1", _("New password")),
            ("password2", _("New password, once more")),
        ):  # fmt: skip
            in_our_words(self.fields[name], label)


class ConfirmForm(AllauthReauthenticate):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["password"], _("Password"))


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["code"], _("Code from the app, or one from your paper"))


class ConfirmByCodeForm(AllauthConfirmByCode):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["code"], _("Code from the app, or one from your paper"))


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["code"], _("Code that the app shows now"))


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey lets its owner in by itself; an older key is a second step only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["name"], _("What you call this device"))
        in_our_words(
            self.fields["passwordless"], _("Sign in with it alone, without a password"),
            _("The device asks for your finger, your face or its PIN. Untick it for a plain key."),
        )  # fmt: skip
        self.fields["passwordless"].initial = True


def in_our_words(field: forms.Field, label: Any, help_text: Any = "") -> None:
    """Allauth's field with our label, and no words of its own in it."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class InvitationForm(RoleForm):
    """A person, one role with its limit, and the language of the paper."""

    full_name = forms.CharField(max_length=150, label=_("Person's name"))
    paper = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language of the paper"))
    field_order = ("full_name", "role", "scope", "thing", "paper")

    def __init__(self, *args: Any, roles: frozenset[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].initial = get_language()
        if roles is not None:
            choices = [c for c in RoleGrant.Role.choices if c[0] in roles]
            self.fields["role"].choices = choices  # type: ignore[attr-defined]


class SecondRoleForm(RoleForm):
    """Another role on the same paper, or none."""

    role = forms.ChoiceField(required=False, label=_("Role"))

    prefix = "also"

    def __init__(self, *args: Any, roles: frozenset[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [c for c in RoleGrant.Role.choices if roles is None or c[0] in roles]
        self.fields["role"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=60,
        label=_("Code"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Twenty letters and numbers in five groups. Case and dashes do not matter."),
    )


class NewAccountForm(NewPasswordForm):
    """What an invited person chooses."""

    username = forms.CharField(
        max_length=150,
        label=_("User name"),
        validators=[UnicodeUsernameValidator(message=_("Letters, digits and @ . + - _ only."))],
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        help_text=_("Letters, digits and @ . + - _; you sign in with it."),
    )
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label=_("Password"),
        help_text=_("At least eight characters, not a common one."),
    )


class WhyForm(forms.Form):
    username = forms.CharField(
        max_length=150, required=False, label=_("User name"),
        help_text=_("Empty for a stranger who is not signed in."),
    )  # fmt: skip
    address = forms.CharField(
        max_length=500, label=_("Address of the page"), help_text=_("As in the browser, or /desk/")
    )
