"""Allauth's pages behind named gates, in our frame; its context gets the demo doors."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.conf import settings
from django.http import HttpRequest
from django.urls import path, reverse, reverse_lazy

from marrow.accounts.doors import DOORS
from marrow.accounts.factors import urlpatterns as factors
from marrow.accounts.staff import leave
from marrow.accounts.views import language
from marrow.ui.gates import gate


class SignIn(LoginView):  # type: ignore[misc]
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        doors = [d for d in DOORS if d.in_front] if settings.DEMO else []
        more = [d for d in DOORS if not d.in_front] if settings.DEMO else []
        context: dict[str, Any] = super().get_context_data(**kwargs)
        following = context.get("redirect_field_value") or ""
        late = following == reverse("accounts:unsent")
        return context | {"doors": doors, "more_doors": more, "following": following, "late": late}


class SignOut(LogoutView):  # type: ignore[misc]
    template_name = "accounts/sign_out.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        leave(request)
        return super().post(request, *args, **kwargs)


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:settings")


urlpatterns = [
    *factors,
    path("sign-in/", gate("public")(SignIn.as_view()), name="account_login"),
    path("sign-out/", gate("public")(SignOut.as_view()), name="account_logout"),
    path(
        "settings/password/",
        gate("signed-in")(ChangePassword.as_view()),
        name="account_change_password",
    ),
    path("language/", language, name="language"),
]
