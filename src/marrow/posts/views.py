"""Life on post: the teams that are away, one team's page, and what is told on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.core.refusals import Refused, Unseen
from marrow.posts import access, actions, calls, queries
from marrow.posts.actions.objectives import AT_THE_END
from marrow.posts.forms import (
    CheckInForm,
    CloseForm,
    ExtendForm,
    IncidentForm,
    MilestoneForm,
    ObjectiveForm,
    ReachedForm,
    ReasonForm,
    RegardForm,
    ScoreForm,
    WatchForm,
)
from marrow.posts.rules.silence import WORST_FIRST
from marrow.teams.access import forms as forms_team
from marrow.teams.away import is_away
from marrow.teams.rules.stages import AWAY, HOME_AGAIN
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest


def _to_post(mission: UUID) -> str:
    return reverse("posts:post", args=[mission])


@require_safe
@gate("office", "leader", "member", "recipient", "head", "auditor")
def mine(request: MarrowRequest) -> HttpResponse:
    """The teams on post that this person serves in, looks after or hosts."""
    state = request.GET.get("state", "")
    state = state if state in WORST_FIRST else ""
    teams = queries.teams_on_post(request.viewer, timezone.now(), state)
    return render(request, "posts/mine.html", {"teams": teams, "state": state})


@require_safe
@gate("signed-in")
def post(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """A team on post; its hosts see neither how each is nor what happened."""
    viewer, now = request.viewer, timezone.now()
    row = access.post_for(viewer, mission)
    news = queries.news_of([row], now)[0]
    page = {
        "mission": row, "news": news, "today": timezone.localdate(),
        "objectives": queries.objectives_of(viewer, row, row.status in AT_THE_END),
        "milestones": queries.milestones_of(row), "extensions": queries.extensions_of(row),
        "may_look_after": access.looks_after(viewer, row), "is_away": is_away(row),
        "may_extend": row.status in AWAY,
        "takes_objectives": row.status not in HOME_AGAIN, "may_watch": forms_team(viewer, row),
        "side": access.side_of(viewer, row),
        "may_greet": forms_team(viewer, row) or access.hosts(viewer, row),
        "ends": row.status in AT_THE_END, "panels": panels(request, "posts.post", row),
    }  # fmt: skip
    if access.inside(viewer, row):
        me = access.me_on_post(viewer, row)
        page |= {
            "inside": True, "me": me, "words": queries.words_of(row),
            "my_call": calls.standing_call(row, me), "ended_calls": calls.ended_calls(row),
            "incidents": queries.incidents_of(row), "rungs": queries.rungs_of(news.watch),
            "regards": queries.regards_of(row), "may_tell": access.tells(viewer, row),
        }  # fmt: skip
    return render(request, "posts/post.html", page)


@require_safe
@gate("signed-in")
def table(request: MarrowRequest, mission: UUID, sheet: str, ending: str) -> HttpResponseBase:
    """Objectives, incidents or words as a file; hosts take the objectives."""
    viewer = request.viewer
    if sheet == "objectives":
        row = access.post_for(viewer, mission)
        header = [
            _("Objective"), _("By what one sees it"), _("Place of work"), _("team agreed"),
            _("hosts agreed"), _("score of the team"), _("words of the team"),
            _("score of the hosts"), _("words of the hosts"), _("dropped"), _("Why"),
        ]  # fmt: skip
        return table_file(ending, sheet, header, queries.objective_rows(viewer, row))
    row = access.inside_for(viewer, mission)
    if sheet == "incidents":
        header = [
            _("On which day"), _("Kind"), _("How grave"), _("Place of work"), _("What happened"),
            _("What was done"), _("State"), _("What came of it"), _("closed on"),
        ]  # fmt: skip
        return table_file(ending, sheet, header, queries.incident_rows(row))
    if sheet != "words":
        raise Unseen(_("There is no such page."))
    header = [
        _("Time, UTC"), _("Name"), _("State"), _("Place of work"), _("for the whole team"),
        _("A few words"),
    ]  # fmt: skip
    return table_file(ending, "words", header, queries.word_rows(row))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def check_in(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Say that one is safe, or needs help: one tap is enough."""
    viewer = request.viewer
    row = access.mission_to_tell_of(viewer, mission)
    me = access.me_on_post(viewer, row)
    form = CheckInForm(
        request.POST or None, mission=row, for_all=access.looks_after(viewer, row),
        others=me is None,
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = actions.check_in(
                    mission=row.pk, by=viewer, at=timezone.now(), **form.cleaned_data
                )
            except Refused as refused:
                if refused.status in (403, 404):
                    raise
                form.add_error(None, str(refused.message))
            else:
                _answered(request, said.state == "NEEDS_HELP", calls.ends_a_call(said))
                return redirect(_to_post(row.pk))
    page = {"mission": row, "form": form, "me": me, "my_call": calls.standing_call(row, me)}
    return render(request, "posts/check_in.html", page, status=status)


def _answered(request: MarrowRequest, needs_help: bool, ends_a_call: bool) -> None:
    if needs_help:
        messages.warning(request, _("The office and the leader are told now."))
    elif ends_a_call:
        messages.success(
            request,
            _("Heard: safe. The call for help is ended; the office and the leader read by whom."),
        )
    else:
        messages.success(request, _("Heard: safe. The clock starts anew."))


@require_http_methods(["GET", "POST"])
@gate("office")
def watch(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """After how many hours of silence who is told."""
    row = access.mission_to_watch(request.viewer, mission)
    set_now = queries.news_of([row], timezone.now())[0].watch
    columns = ("leader_after", "office_after", "last_after", "contact", "telephone")
    initial = {c: getattr(set_now, c) for c in columns} if set_now else {}
    form = WatchForm(request.POST or None, initial=initial)

    def act() -> HttpResponse:
        actions.keep_watch(mission=row.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, _to_post(row.pk))

    lede = _("No news is unknown, never safe. Who is told, and when, is set here.")
    return keep(
        request,
        form,
        act,
        Shown(_("How long a team may be silent"), _to_post(row.pk), str(row), lede),
    )


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def incident(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.mission_to_tell_of(request.viewer, mission)
    form = IncidentForm(
        request.POST or None, mission=row, initial={"happened_on": timezone.localdate()}
    )

    def act() -> HttpResponse:
        actions.report_incident(
            mission=row.pk, incident=form.incident(), by=request.viewer, at=timezone.now()
        )
        return kept(request, _to_post(row.pk))

    lede = _("What is serious or grave stands on the office’s page at once.")
    return keep(
        request, form, act, Shown(_("Tell of an incident"), _to_post(row.pk), str(row), lede)
    )


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def close(request: MarrowRequest, incident: UUID) -> HttpResponse:
    row = access.incident_to_keep(request.viewer, incident)
    form = CloseForm(request.POST or None, initial={"done": row.done})
    back = _to_post(row.mission_id)

    def act() -> HttpResponse:
        actions.close_incident(
            incident=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    return keep(
        request, form, act, Shown(_("Close the incident"), back, str(row.mission), row.said("what"))
    )


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def objective(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Propose what shall be reached; the other side agrees on its own page."""
    row = access.post_for(request.viewer, mission)
    access.may_speak(request.viewer, row)
    form = ObjectiveForm(request.POST or None, mission=row)

    def act() -> HttpResponse:
        actions.propose_objective(
            mission=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _to_post(row.pk))

    lede = _("Your side agrees with what it proposes. The other side agrees from its own account.")
    return keep(
        request, form, act, Shown(_("Propose an objective"), _to_post(row.pk), str(row), lede)
    )


@require_POST
@gate("signed-in")
def agree(request: MarrowRequest, objective: UUID) -> HttpResponse:
    row = actions.agree_objective(objective=objective, by=request.viewer, at=timezone.now())
    return kept(request, _to_post(row.mission_id))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def score(request: MarrowRequest, objective: UUID) -> HttpResponse:
    """Score for one's own side; both are shown once both are given."""
    row = access.objective_for(request.viewer, objective)
    access.may_speak(request.viewer, row.mission, row.site)
    form = ScoreForm(request.POST or None)
    back = _to_post(row.mission_id)

    def act() -> HttpResponse:
        actions.score_objective(
            objective=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    return keep(
        request,
        form,
        act,
        Shown(_("Score the objective"), back, str(row.mission), row.said("text")),
    )


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def drop(request: MarrowRequest, objective: UUID) -> HttpResponse:
    row = access.objective_for(request.viewer, objective)
    access.mission_to_look_after(request.viewer, row.mission_id)
    form = ReasonForm(request.POST or None)
    back = _to_post(row.mission_id)

    def act() -> HttpResponse:
        actions.drop_objective(
            objective=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    return keep(
        request, form, act, Shown(_("Drop the objective"), back, str(row.mission), row.said("text"))
    )


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def milestone(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.mission_to_look_after(request.viewer, mission)
    form = MilestoneForm(request.POST or None, mission=row)

    def act() -> HttpResponse:
        actions.plan_milestone(
            mission=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _to_post(row.pk))

    return keep(request, form, act, Shown(_("Plan a milestone"), _to_post(row.pk), str(row)))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def reached(request: MarrowRequest, milestone: UUID) -> HttpResponse:
    row = access.milestone_to_keep(request.viewer, milestone)
    form = ReachedForm(request.POST or None, initial={"on": timezone.localdate()})
    back = _to_post(row.mission_id)

    def act() -> HttpResponse:
        on = form.cleaned_data["on"]
        actions.reach_milestone(milestone=row.pk, on=on, by=request.viewer, at=timezone.now())
        return kept(request, back)

    shown = Shown(_("Milestone reached"), back, str(row.mission), row.said("what"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def extend(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """A new end, why, and who stays."""
    row = access.mission_to_watch(request.viewer, mission)
    form = ExtendForm(request.POST or None, mission=row, today=timezone.localdate())

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.extend(
            mission=row.pk, by=request.viewer, at=timezone.now(),
            **{**told, "staying": [a.pk for a in told["staying"]]},
        )  # fmt: skip
        return kept(request, _to_post(row.pk))

    lede = _("Planned end now: %s.") % (row.planned_end_on or _("unknown"))
    return keep(
        request, form, act, Shown(_("Extend the mission"), _to_post(row.pk), str(row), lede)
    )


@require_http_methods(["GET", "POST"])
@gate("office", "recipient", "head")
def regards(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Write to those who serve, or to all who ever served in the programme."""
    row = access.mission_to_greet(request.viewer, mission)
    here, everywhere = queries.reached_by(row)
    label = ""
    if forms_team(request.viewer, row):
        words = ngettext(
            "To all teams of the programme, past and present: %(count)s person",
            "To all teams of the programme, past and present: %(count)s persons",
            everywhere.persons,
        )
        label = words % {"count": everywhere.persons}
    form = RegardForm(request.POST or None, all_label=label)

    def act() -> HttpResponse:
        actions.send_regards(
            mission=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _to_post(row.pk))

    words = ngettext(
        "This team: %(count)s person, %(read)s of them with an account to read it.",
        "This team: %(count)s persons, %(read)s of them with an account to read it.", here.persons,
    )  # fmt: skip
    lede = words % {"count": here.persons, "read": here.with_account}
    return keep(
        request,
        form,
        act,
        Shown(_("Send regards"), _to_post(row.pk), str(row), lede, pgettext("a message", "Send")),
    )
