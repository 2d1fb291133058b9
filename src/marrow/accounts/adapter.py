"""How allauth behaves here: by invitation alone, in our words, locked per account and address."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.accounts.doors import home_of
from marrow.accounts.queries import viewer_of
from marrow.core.secrets import opened_by_house, sealed_by_house

PLACE = b"allauth.mfa"
MISMATCH = _("The user name and the password do not belong together.")
LOCKED = _("Too many failed attempts. Wait a quarter of an hour, then try again.")
#: what allauth says in files of its own, in our words; what is missing here is not said
MESSAGES = {
    "account/messages/password_changed.txt": _("The password is changed."),
    "mfa/messages/totp_activated.txt": _("The app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "There are new codes for the day on which you lose your device: print them."
    ),
}
METHODS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code from your app or your paper"),
    "mfa_reauthenticate:webauthn": _("Use your passkey"),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": MISMATCH,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "too_many_login_attempts": LOCKED,
        "rate_limited": LOCKED,
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """One's own page, where one's work has one; else Today."""
        return reverse(home_of(grant.role for grant in viewer_of(request.user).grants))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One account from one address: nobody locks somebody else out from afar."""
        name = str(credentials.get("username", "")).casefold()
        return f"{name}\x1f{self.get_client_ip(request)}"

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        """A closed account looks like one that is not there, passkey or not."""
        messages.error(request, MISMATCH)
        return redirect("account_login")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a passkey or an app uses that; the password is for those who have neither."""
        found = super().get_reauthentication_methods(user)
        better = [m for m in found if m["id"] != "reauthenticate"]
        return [m | {"description": METHODS[m["id"]]} for m in better or found]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or MESSAGES.get(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code or passkey is not the right one. Try again."),
        "cannot_generate_recovery_codes": _("First add a passkey or an app."),
    }

    def encrypt(self, text: str) -> str:
        return sealed_by_house(text, PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        return opened_by_house(encrypted_text, PLACE)

    def generate_authenticator_name(self, user: object, type: object) -> str:  # noqa: A002
        return str(_("My device"))
