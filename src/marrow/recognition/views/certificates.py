"""Certificates: issuing them, printing them, and what a code proves to anybody."""

from __future__ import annotations

from uuid import UUID

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from marrow.accounts.rules import grouped
from marrow.core.refusals import Unseen
from marrow.programmes.queries import motto_of
from marrow.recognition import access, actions, queries
from marrow.recognition.forms import CodeForm, IssueForm
from marrow.recognition.sheets import pdf_of
from marrow.teams.forms import WhyForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest

#: only codes that open nothing count: a hall that scans its own certificates is not slowed
LIMITS = {"certificate_code": "30/15m/ip"}
APP = "allauth.account"


def _to(mission: UUID) -> str:
    return reverse("recognition:certificates", args=[mission])


@require_safe
@gate("office", "auditor")
def of_mission(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """The certificates of a team, and who has none yet."""
    row = access.mission_of_certificates(request.viewer, mission)
    lines = queries.lines_of(row)
    page = {
        "mission": row, "lines": lines, "issues": access.issues(request.viewer, row),
        "missing": sum(1 for line in lines if line.certificate is None),
        "held": sum(1 for line in lines if line.certificate),
        "away": queries.still_away(row),
    }  # fmt: skip
    return render(request, "recognition/certificates.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def issue(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """One act for the whole team."""
    row = access.mission_to_honour(request.viewer, mission)
    began = {
        "issued_on": timezone.localdate(),
        "languages": "ALL",
        **queries.issuer_of(row, request.viewer),
    }
    form = IssueForm(request.POST or None, initial=began)

    def act() -> HttpResponse:
        made = actions.issue_certificates(
            mission=row.pk, by=request.viewer, at=timezone.now(), **form.told()
        )
        words = ngettext(
            "%(count)s certificate is issued.", "%(count)s certificates are issued.", len(made)
        )
        messages.success(request, words % {"count": len(made)})
        return redirect(_to(row.pk))

    lede = _(
        "For everybody who served and has none: %(count)s. Who has one keeps it; what a"
        " certificate says stays as it is issued."
    ) % {"count": len(queries.to_certify(row))}
    shown = Shown(_("Issue certificates"), _to(row.pk), str(row), lede, _("Issue them all"))
    return keep(request, form, act, shown)


@require_safe
@gate("office", "auditor")
def print_all(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Every certificate of the team that holds, as one file."""
    row = access.mission_of_certificates(request.viewer, mission)
    rows = queries.certificates_of_mission(row)
    if not rows:
        raise Unseen(_("No certificate is issued yet."))
    return _pdf(request, rows, f"certificates-{rows[0].number}")


@require_safe
@gate("signed-in")
def print_one(request: MarrowRequest, certificate: UUID) -> HttpResponse:
    row = access.certificate_for(request.viewer, certificate)
    return _pdf(request, [row], f"certificate-{row.number}")


def _pdf(request: MarrowRequest, rows: list, name: str) -> HttpResponse:  # type: ignore[type-arg]
    mission = rows[0].assignment.seat.mission
    fact = motto_of(mission.programme)
    check = request.build_absolute_uri(reverse("recognition:check"))
    content = pdf_of(rows, check, fact.value if fact else "", str(mission))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@require_http_methods(["GET", "POST"])
@gate("office")
def withdraw(request: MarrowRequest, certificate: UUID) -> HttpResponse:
    row = access.certificate_to_withdraw(request.viewer, certificate)
    form = WhyForm(request.POST or None)
    back = _to(row.assignment.seat.mission_id)

    def act() -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.withdraw_certificate(
            certificate=row.pk, reason=reason, by=request.viewer, at=timezone.now()
        )
        return kept(request, back)

    lede = _("Whoever checks its code reads that it was withdrawn, not why. Then issue another.")
    return keep(request, form, act, Shown(_("Withdraw the certificate"), back, str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("public")
@never_cache
def check(request: MarrowRequest) -> HttpResponse:
    """Type the code that stands on a certificate."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("recognition:proof", grouped(queries.plain(form.cleaned_data["code"])))
    status = 422 if form.errors else 200
    return render(request, "recognition/check.html", {"form": form}, status=status)


@require_safe
@gate("public")
@never_cache
def proof(request: MarrowRequest, code: str) -> HttpResponse:
    """What a code proves: the name, the mission, the days, who issued it; nothing else."""
    within = ratelimit.consume(
        request, app=APP, action="certificate_code", config=LIMITS, dry_run=True, limit_get=True
    )
    row = queries.certificate_with_code(code) if within else None
    if row:
        return render(request, "recognition/proof.html", {"row": row, "code": grouped(row.code)})
    ratelimit.consume(request, app=APP, action="certificate_code", config=LIMITS, limit_get=True)
    page = {"form": CodeForm(), "unknown": code[:40] if within else "", "too_many": not within}
    return render(request, "recognition/check.html", page, status=404 if within else 429)
