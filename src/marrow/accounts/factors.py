"""Passkeys, app codes and codes on paper: allauth's pages behind named gates, in our frame."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa import signals
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ConfirmByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils import timezone

from marrow.accounts import actions
from marrow.accounts.queries import has_second_factor
from marrow.accounts.staff import DOOR
from marrow.ui.gates import gate


class Factors(IndexView):  # type: ignore[misc]
    template_name = "accounts/factors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        viewer, by_door = self.request.viewer, DOOR in self.request.session
        lacks = viewer.holds("admin") and not has_second_factor(viewer.person)
        return context | {"obliged": lacks and not by_door, "by_door": by_door}


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    template_name = "accounts/app.html"


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    template_name = "accounts/remove.html"
    extra_context = {"what": "app"}


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/passkey.html"


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/remove.html"
    success_url = reverse_lazy("mfa_index")
    extra_context = {"what": "passkey"}


class PaperCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/paper_codes.html"


class NewPaperCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/remove.html"
    extra_context = {"what": "codes"}


class SecondStep(AuthenticateView):  # type: ignore[misc]
    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what this account has: a passkey, codes of an app or of its paper."""
        rows = Authenticator.objects.filter(user=self.stage.login.user)
        has = set(rows.values_list("type", flat=True))
        passkey = Authenticator.Type.WEBAUTHN
        told = {"has_passkey": passkey in has, "has_codes": bool(has - {passkey})}
        given: dict[str, Any] = super().get_context_data(**kwargs)
        return given | told


class Confirm(ReauthenticateView):  # type: ignore[misc]
    template_name = "accounts/confirm.html"


class ConfirmByCode(ConfirmByCodeView):  # type: ignore[misc]
    template_name = "accounts/confirm.html"


class ConfirmByPasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/confirm.html"


def note_added(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    actions.note_factor(added=True, by=request.viewer, at=timezone.now())  # type: ignore[attr-defined]


def note_removed(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    actions.note_factor(added=False, by=request.viewer, at=timezone.now())  # type: ignore[attr-defined]


signals.authenticator_added.connect(note_added)
signals.authenticator_reset.connect(note_added)
signals.authenticator_removed.connect(note_removed)

mine, anybody = gate("signed-in"), gate("public")
BELOW = "settings/security/"
urlpatterns = [
    path(BELOW, mine(Factors.as_view()), name="mfa_index"),
    path(f"{BELOW}app/", mine(SetUpApp.as_view()), name="mfa_activate_totp"),
    path(f"{BELOW}app/remove/", mine(RemoveApp.as_view()), name="mfa_deactivate_totp"),
    path(f"{BELOW}passkeys/add/", mine(AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(
        f"{BELOW}passkeys/<int:pk>/remove/",
        mine(RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(f"{BELOW}codes/", mine(PaperCodes.as_view()), name="mfa_view_recovery_codes"),
    path(f"{BELOW}codes/new/", mine(NewPaperCodes.as_view()), name="mfa_generate_recovery_codes"),
    path("confirm/", mine(Confirm.as_view()), name="account_reauthenticate"),
    path("confirm/code/", mine(ConfirmByCode.as_view()), name="mfa_reauthenticate"),
    path("confirm/passkey/", mine(ConfirmByPasskey.as_view()), name="mfa_reauthenticate_webauthn"),
    path("sign-in/second-step/", anybody(SecondStep.as_view()), name="mfa_authenticate"),
    path("sign-in/passkey/", anybody(LoginWebAuthnView.as_view()), name="mfa_login_webauthn"),
]
