"""Signing in by a demo door, languages, accounts and roles, one's own sessions, staff mode."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.accounts import actions, queries
from marrow.accounts import sessions as browsers
from marrow.accounts.doors import DOORS, home_of
from marrow.accounts.forms import AccountForm, PasswordForm, RoleForm, WhyForm
from marrow.accounts.staff import DOOR, ask_to_enter, leave, safe_next, staff
from marrow.accounts.trying import FORM_ONLY, answered
from marrow.core.refusals import Refused, Unseen
from marrow.ui.gates import SIGNED_IN, gate
from marrow.ui.panels import panels
from marrow.ui.requests import MarrowRequest
from marrow.ui.roles import ROLE_NAMES
from marrow.ui.slips.unsent import forget, kept_on


@require_POST
@gate("public")
def demo_door(request: MarrowRequest, username: str) -> HttpResponse:
    """Sign in as one of the invented people; the doors exist in the demonstration alone."""
    door = next((d for d in DOORS if d.username == username), None)
    if not settings.DEMO or door is None:
        raise Unseen(_("There is no such door."))
    account = queries.demo_account(username)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session[DOOR] = username
    return redirect(safe_next(request, request.POST.get("next", ""), door.page))


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


@require_safe
@gate("signed-in")
def unsent(request: MarrowRequest) -> HttpResponse:
    """The page on which something was written whose session had ended; else it stands here."""
    page = "" if "here" in request.GET else kept_on(request)
    if page is None:
        return redirect(home_of(grant.role for grant in request.viewer.grants))
    return redirect(page) if page else render(request, "accounts/unsent.html", {})


@require_POST
@gate("signed-in")
def forget_unsent(request: MarrowRequest) -> HttpResponse:
    forget(request, request.POST.get("path", ""))
    messages.success(request, _("It is thrown away."))
    return redirect(safe_next(request, request.headers.get("Referer", ""), "desk:today"))


@require_http_methods(["GET", "POST"])
@gate("admin")
@staff
def accounts(request: MarrowRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.open_account(**form.told(), by=request.viewer, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The account is open. Give it a role now."))
            return redirect("accounts:account", account=row.pk)
    page = {"form": form, "accounts": queries.accounts()}
    return render(request, "accounts/accounts.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@gate("admin")
@staff
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
@staff
def close(request: MarrowRequest, account: UUID) -> HttpResponse:
    """Close an account, or open it again."""
    act = actions.reopen_account if request.POST.get("open") else actions.close_account
    act(account=account, by=request.viewer, at=timezone.now())
    return redirect("accounts:account", account=account)


@require_POST
@gate("admin")
@staff
def password(request: MarrowRequest, account: UUID) -> HttpResponse:
    owner = queries.account_for(request.viewer, account).username
    form = PasswordForm(request.POST, owner=owner)
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
@staff
def revoke(request: MarrowRequest, account: UUID, grant: UUID) -> HttpResponse:
    actions.revoke_role(grant=grant, by=request.viewer, at=timezone.now())
    return redirect("accounts:account", account=account)


@require_safe
@gate("signed-in")
def settings_page(request: MarrowRequest) -> HttpResponse:
    return render(request, "accounts/settings.html", {})


@require_safe
@gate("signed-in")
def sessions(request: MarrowRequest) -> HttpResponse:
    """Where one is signed in."""
    shown = browsers.sessions_of(_me(request), request.session.session_key)
    page = {"sessions": shown, "panels": panels(request, "accounts.sessions", request.viewer)}
    return render(request, "accounts/sessions.html", page)


@require_POST
@gate("signed-in")
def end_session(request: MarrowRequest, session: int) -> HttpResponse:
    browsers.end(_me(request), session)
    return redirect("accounts:sessions")


@require_POST
@gate("signed-in")
def end_others(request: MarrowRequest) -> HttpResponse:
    browsers.end_others(_me(request), request.session.session_key)
    messages.success(request, _("You are signed in here alone now."))
    return redirect("accounts:sessions")


def _me(request: MarrowRequest) -> UUID:
    if request.viewer.person is None:  # the gate let nobody else in
        raise Unseen(_("There is no such account."))
    return request.viewer.person


@require_http_methods(["GET", "POST"])
@gate("admin")
def staff_mode(request: MarrowRequest) -> HttpResponseBase:
    """Confirm that it is you; then the page that was asked for."""
    told = request.POST if request.method == "POST" else request.GET
    following = safe_next(request, told.get("next", ""), "accounts:accounts")
    if request.method == "POST":
        return ask_to_enter(request, following)
    return render(request, "accounts/staff.html", {"following": following})


@require_POST
@gate("admin")
def leave_staff(request: MarrowRequest) -> HttpResponse:
    leave(request)
    return redirect("accounts:settings")


@require_safe
@gate("admin", "auditor")
def why(request: MarrowRequest) -> HttpResponse:
    """Why may somebody open a page? The gate's question, put for another account."""
    asked = WhyForm(request.GET) if "address" in request.GET else None
    page: dict[str, object] = {"form": asked or WhyForm()}
    if asked and asked.is_valid():
        try:
            address = urlsplit(asked.cleaned_data["address"]).path
            found = resolve(address)
            gates = getattr(found.func, "gate", ())
            why = queries.why(request.viewer, asked.cleaned_data["username"].strip(), gates)
            status, words = 403, ""
            if why.door_opens:
                status, words = answered(request, address, found, why.seen)
            page |= {
                "why": why, "status": status, "words": words,
                "opens": status < 400, "form_only": status == FORM_ONLY,
                "asks": [str(ROLE_NAMES.get(code, code)) for code in gates if code != SIGNED_IN],
                "all": SIGNED_IN in gates, "public": "public" in gates, "address": address,
            }  # fmt: skip
        except (Resolver404, ValueError):  # of something like an address that is none
            asked.add_error("address", _("There is no page of this address."))
        except Unseen as unseen:
            asked.add_error("username", str(unseen.message))
    status = 422 if asked and asked.errors else 200
    return render(request, "accounts/why.html", page, status=status)
