"""People: the list, a service record, what is kept on it, and what is private."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.catalogue.queries.specialties import specialty_choices, specialty_name
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.people import access, actions, queries, roster
from marrow.people.forms import (
    PARTS,
    AccountForm,
    ChangePersonForm,
    ContactForm,
    CoupleForm,
    EnterPersonForm,
    FeelingForm,
    MineForm,
    PartForm,
    WishForm,
)
from marrow.people.queries import Sought
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.papers.tables import XLSX, table_file
from marrow.ui.requests import MarrowRequest, asked_number

KEEPERS = ("office", "unit", "auditor")


def _sought(request: MarrowRequest) -> Sought:
    asked = request.GET
    return Sought(
        asked.get("q", "")[:80], asked.get("specialty", "")[:24], asked.get("language", "")[:8],
        asked.get("kind", "")[:14],
    )  # fmt: skip


@require_safe
@gate(*KEEPERS)
def index(request: MarrowRequest) -> HttpResponse:
    """People whom this viewer keeps, narrowed as one types."""
    sought, here = _sought(request), asked_number(request)
    found, count = queries.people_page(request.viewer, sought, here)
    page = {
        "people": found, "count": count, "sought": sought, "here": here,
        "more": here * queries.PAGE < count, "specialties": specialty_choices(),
        "languages": queries.language_choices(), "kinds": queries.kind_choices(),
        "may_enter": access.enters(request.viewer),
        "leading": queries.in_leading_posts(request.viewer),
        "may_import": request.viewer.holds("office", "unit"),
        "expiring": queries.expiring_with_unit(
            request.viewer, queries.soon(timezone.localdate()), 8
        ),
    }  # fmt: skip
    return render(request, "people/index.html" + ("#people" if request.htmx else ""), page)


@require_safe
@gate(*KEEPERS)
def table(request: MarrowRequest, ending: str) -> HttpResponseBase:
    header = [
        _("Name"), _("Name in Chinese"), _("Profession"), _("Specialty"), _("Professional title"),
        _("Year of birth"), _("Unit"), _("Languages"),
    ]  # fmt: skip
    return table_file(
        ending, "people", header, queries.people_rows(request.viewer, _sought(request))
    )


@require_safe
@gate("office", "unit")
def template(request: MarrowRequest) -> HttpResponse:
    """The empty roster: drop-downs, and a guide to its columns in three languages."""
    answer = HttpResponse(roster.empty_book(queries.unit_names(request.viewer)), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="roster.xlsx"'
    return answer


@require_safe
@gate("signed-in")
def me(request: MarrowRequest) -> HttpResponse:
    """My own service record, where there is one."""
    mine = queries.who_is(request.viewer)
    if mine is None:
        return render(request, "people/me.html", {})
    return redirect("people:person", mine.pk)


@require_safe
@gate("signed-in")
def person(request: MarrowRequest, person: UUID) -> HttpResponse:
    """A service record that a promotion board can read, and print."""
    row = access.person_for(request.viewer, person)
    page = {
        "person": row, **queries.service_record(row), **queries.wishes_of(request.viewer, row),
        "specialty": specialty_name(row.specialty), "parts": _parts(),
        "may_keep": access.keeps(request.viewer, row),
        "may_correct": access.corrects(request.viewer, row),
        "lists_people": request.viewer.holds("office", "unit", "auditor"),
        "may_care": access.may_see_private(request.viewer, row),
        "may_link": access.may_link(request.viewer, row),
        "panels": panels(request, "people.person", row), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "people/person.html", page)


def _parts() -> list[tuple[str, str]]:
    return [(code, str(form.heading)) for code, form in PARTS.items()]


@require_http_methods(["GET", "POST"])
@gate("office", "unit")
def enter(request: MarrowRequest) -> HttpResponse:
    access.may_enter_any(request.viewer)
    form = EnterPersonForm(request.POST or None)

    def act() -> HttpResponse:
        try:
            access.may_enter(request.viewer, form.cleaned_data["unit"])
        except NotAllowed as refused:  # their words stay in the form: another unit may be meant
            raise Refused(refused.message) from refused
        made = actions.enter_person(
            unit=form.cleaned_data["unit"], names=form.names(), by=request.viewer,
            at=timezone.now(), **form.told(),
        )  # fmt: skip
        return kept(request, reverse("people:person", args=[made.pk]))

    shown = Shown(_("Enter a person"), reverse("people:index"), _("People"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate(*access.ENTERERS)
def change(request: MarrowRequest, person: UUID) -> HttpResponse:
    row = access.person_to_correct(request.viewer, person)
    initial = {c: getattr(row, c) for c in ChangePersonForm.COLUMNS}
    initial |= {f"name_{t}": row.names.get(t, "") for t in ("en", "zh", "fr")}
    form = ChangePersonForm(request.POST or None, initial=initial)
    back = reverse("people:person", args=[row.pk])

    def act() -> HttpResponse:
        actions.change_person(person=row.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, back)

    return keep(request, form, act, Shown(_("Change the record"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate(*access.ENTERERS)
def add(request: MarrowRequest, person: UUID, part: str) -> HttpResponse:
    """Add a credential, a language, an absence, a benefit, an honour, a step, a lesson."""
    row = access.person_to_correct(request.viewer, person)
    if part not in PARTS:
        raise Unseen(_("There is no such page."))
    form: PartForm = PARTS[part](request.POST or None)
    back = reverse("people:person", args=[row.pk])

    def act() -> HttpResponse:
        actions.add_to_person(
            person=row.pk, part=form.part(), by=request.viewer, at=timezone.now(),
            source=form.paper(), told=form.told(),
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(str(form.heading), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate("office", "unit")
def account(request: MarrowRequest, person: UUID) -> HttpResponse:
    """Say which account is this person's, so that they see their own record."""
    row = access.person_to_link(request.viewer, person)
    form = AccountForm(request.POST or None)
    back = reverse("people:person", args=[row.pk])

    def act() -> HttpResponse:
        found = form.cleaned_data["username"]
        linked = actions.link_account(
            person=row.pk, account=found, by=request.viewer, at=timezone.now()
        )
        if linked.asked_account:
            messages.info(request, _("They are asked on their own page whether it is them."))
        return kept(request, back)

    return keep(request, form, act, Shown(_("Whose account is it?"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def mine(request: MarrowRequest, person: UUID) -> HttpResponse:
    """Say whether I am the person whom an office takes me for."""
    row = access.person_who_asks(request.viewer, person)
    form = MineForm(request.POST or None)

    def act() -> HttpResponse:
        told = form.cleaned_data["mine"]
        actions.answer_link(person=row.pk, mine=told, by=request.viewer, at=timezone.now())
        return kept(request, reverse("people:me") if told else reverse("desk:today"))

    told = {"person": row, "kind": row.get_kind_display(), "unit": row.unit}
    lede = _("The programme office says that you are %(person)s: %(kind)s, %(unit)s.") % told
    shown = Shown(_("Is this you?"), reverse("desk:today"), _("Today"), lede)
    return keep(request, form, act, shown)


@require_safe
@gate("signed-in")
def care(request: MarrowRequest, person: UUID) -> HttpResponse:
    """Whom to call, and how they say they are: for the person and those who look after them."""
    row = access.person_to_care_for(request.viewer, person)
    page = {
        "person": row,
        **queries.cared_for(request.viewer, row),
        "is_me": row.account == request.viewer.person,
    }
    return render(request, "people/care.html", page)


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def contact(request: MarrowRequest, person: UUID) -> HttpResponse:
    row = access.person_to_care_for(request.viewer, person)
    form = ContactForm(request.POST or None)
    back = reverse("people:care", args=[row.pk])

    def act() -> HttpResponse:
        actions.keep_contact(
            person=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("Add an emergency contact"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def feeling(request: MarrowRequest, person: UUID) -> HttpResponse:
    row = access.oneself_for(request.viewer, person)
    form = FeelingForm(request.POST or None)
    back = reverse("people:care", args=[row.pk])

    def act() -> HttpResponse:
        actions.say_how_i_am(
            person=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("Say how you are"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def wish(request: MarrowRequest, person: UUID) -> HttpResponse:
    """Say where somebody wishes to go, or refuses to: they themselves, their unit, their office."""
    row = access.person_who_wishes(request.viewer, person)
    form = WishForm(request.POST or None, initial={"kind": "PREFERS"})
    back = reverse("people:person", args=[row.pk])

    def act() -> HttpResponse:
        actions.say_wish(person=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        return kept(request, back)

    lede = _("Plans keep to a refusal, and count a wish. Nobody asks for a reason.")
    shown = Shown(_("Say where they wish to go"), back, str(row), lede)
    return keep(request, form, act, shown)


@require_POST
@gate("signed-in")
def end_wish(request: MarrowRequest, wish: UUID) -> HttpResponse:
    row = actions.end_wish(wish=wish, by=request.viewer, at=timezone.now())
    return kept(request, reverse("people:person", args=[row.person_id]))


@require_http_methods(["GET", "POST"])
@gate("office", "unit")
def couple(request: MarrowRequest, person: UUID) -> HttpResponse:
    """Say with whom somebody is a couple, and whether they go together."""
    row = access.person_to_keep(request.viewer, person)
    form = CoupleForm(request.POST or None, viewer=request.viewer)
    back = reverse("people:person", args=[row.pk])

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.tell_couple(
            person=row.pk, other=told["name"], rule=told["rule"], by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    lede = _("Seen by the two, their units and the programme office; plans keep to it.")
    return keep(request, form, act, Shown(_("Say who is a couple"), back, str(row), lede))


@require_POST
@gate("office", "unit")
def end_couple(request: MarrowRequest, couple: UUID) -> HttpResponse:
    row = actions.end_couple(couple=couple, by=request.viewer, at=timezone.now())
    whose = row.one if access.keeps(request.viewer, row.one) else row.other
    return kept(request, reverse("people:person", args=[whose.pk]))
