"""Signing in by a demo door, languages, accounts and roles."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.accounts import actions, queries
from marrow.accounts.doors import DOORS
from marrow.accounts.forms import AccountForm, PasswordForm, RoleForm
from marrow.core.refusals import Refused, Unseen
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_POST
@gate("public")
def demo_door(request: MarrowRequest, username: str) -> HttpResponse:
    """Sign in as one of the invented people; the doors exist in the demonstration alone."""
    if not settings.DEMO or username not in {d.username for d in DOORS}:
        raise Unseen(_("There is no such door."))
    account = queries.demo_account(username)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("sync:field" if username in ("demo-leader", "demo-member") else "desk:today")


@require_POST
@gate("public")
def language(request: MarrowRequest) -> HttpResponse:
    """Change the language, stay on the page; the account remembers it."""
    code = request.POST.get("language", "")
    following = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
        following = "/"
    answer = redirect(following)
    if code not in dict(settings.LANGUAGES):
        return answer
    translation.activate(code)
    if request.viewer.person:
        actions.choose_language(account=request.viewer.person, language=code)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=31_536_000, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return answer


@require_http_methods(["GET", "POST"])
@gate("admin")
def accounts(request: MarrowRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.open_account(**form.cleaned_data, by=request.viewer, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The account is open. Give it a role now."))
            return redirect("accounts:account", account=row.pk)
    page = {"form": form, "accounts": queries.accounts()}
    return render(request, "accounts/accounts.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@gate("admin")
def account(request: MarrowRequest, account: UUID) -> HttpResponse:
    row = queries.account_for(request.viewer, account)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(
                account=row, **form.cleaned_data, by=request.viewer, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect("accounts:account", account=row.pk)
    page = {
        "form": form,
        "row": row,
        "held": dict(queries.accounts()).get(row, []),
        "marks": list(row.marks.all()),
        "password_form": PasswordForm(),
    }
    return render(request, "accounts/account.html", page, status=422 if form.errors else 200)


@require_POST
@gate("admin")
def close(request: MarrowRequest, account: UUID) -> HttpResponse:
    """Close an account, or open it again."""
    act = actions.reopen_account if request.POST.get("open") else actions.close_account
    act(account=account, by=request.viewer, at=timezone.now())
    return redirect("accounts:account", account=account)


@require_POST
@gate("admin")
def password(request: MarrowRequest, account: UUID) -> HttpResponse:
    form = PasswordForm(request.POST)
    if form.is_valid():
        actions.set_password(
            account=account, **form.cleaned_data, by=request.viewer, at=timezone.now()
        )
        messages.success(request, _("The password is set. Hand it over in person."))
    else:
        messages.error(request, form.errors["password"].as_text())
    return redirect("accounts:account", account=account)


@require_POST
@gate("admin")
def revoke(request: MarrowRequest, account: UUID, grant: UUID) -> HttpResponse:
    actions.revoke_role(grant=grant, by=request.viewer, at=timezone.now())
    return redirect("accounts:account", account=account)


@require_safe
@gate("signed-in")
def settings_page(request: MarrowRequest) -> HttpResponse:
    return render(request, "accounts/settings.html", {})
