"""Why a seat is as it is, and what would fill it: the sentence of each code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

COUNTED = "how_many"  # of a message: the number by which its sentence is singular or plural

FULL_OF = _(
    "%(name)s has as many away as it may in %(month)s (%(limit)s, and %(away)s of them without this"
    " plan), which keeps back (%(count)s): %(people)s."
)
FULL_FOR_ONE_OF = _(
    "%(name)s has as many away as it may in %(month)s (%(limit)s, and %(away)s of them without this"
    " plan)"
)
#: by `Said.code` of `engine.explain`
REASONS: dict[str, str | Promise] = {
    "why_pinned": _("Pinned."),
    "why_selected": _("Selected already, so it stays."),
    "why_asked": _("Asked already, and kept though the limit was lowered below those who are."),
    "why_wish": ngettext_lazy(
        "It is their wish (%(points)s point).",
        "It is their wish (%(points)s points).",
        COUNTED,
    ),
    "why_published": _("They are on the way into this seat already."),
    "why_mentor": _("They go on with those whom they taught in %(seat)s."),
    "why_only_one": _("Nobody else can."),
    "why_others_kept_back": _(
        "No other plan is possible: all others (%(count)s) are needed elsewhere or kept back by"
        " a limit."
    ),
    "why_tried_kept_back": _(
        "Of the others %(count)s were tried: each is needed elsewhere or kept back by a limit."
    ),
    "why_best": ngettext_lazy(
        "The next best, %(person)s, would cost %(cost)s point.",
        "The next best, %(person)s, would cost %(cost)s points.",
        COUNTED,
    ),
    "why_best_of_many": ngettext_lazy(
        "The next best (%(count)s) would cost %(cost)s point each: %(people)s.",
        "The next best (%(count)s) would cost %(cost)s points each: %(people)s.",
        COUNTED,
    ),
    "why_at_most": ngettext_lazy(
        "%(person)s would cost at most %(cost)s point; another may cost less.",
        "%(person)s would cost at most %(cost)s points; another may cost less.",
        COUNTED,
    ),
    "why_all_as_good": _("Any of the %(count)s others would do as well: it costs nothing."),
    "why_some_as_good": _("As good (%(count)s), at no cost: %(people)s."),
    "why_as_good": _("%(person)s would do as well."),
    "empty_pinned": _("It is pinned: the seat stays empty."),
    "empty_nobody": _("Nobody can."),
    # what plans keep that were explained before limits were named
    "empty_closed": _("The hospitals of %(count)s who could lend nobody in that time."),
    "empty_kept_back": _("%(count)s could but for this: %(rule)s."),
    "empty_by_seat": _("Seated elsewhere then (%(count)s): %(people)s."),
    "empty_by_rest": _("Resting before or after another seat (%(count)s): %(people)s."),
    "empty_by_department": _(
        "%(name)s has as many away as it may in %(month)s (%(cap)s), which keeps back (%(count)s):"
        " %(people)s."
    ),
    "empty_by_organisation": _(
        "%(name)s has as many away as it may in %(month)s (%(cap)s), which keeps back (%(count)s):"
        " %(people)s."
    ),
    "empty_by_department_of": FULL_OF,
    "empty_by_organisation_of": FULL_OF,
    "empty_by_rule": _("The rule “%(rule)s” keeps back (%(count)s): %(people)s."),
    "empty_alone": _("A surgeon goes only with an anaesthetist, and that seat is empty."),
    "empty_team_stays": _("The team %(mission)s does not go."),
    "team_without_leader": _("The team %(mission)s cannot go: nobody who may lead it can come."),
    "team_without_infection_control": _(
        "The team %(mission)s cannot go: nobody of infection control can come, and an outbreak team"
        " has one."
    ),
    "team_not_understood": _(
        "The team %(mission)s cannot go: nobody can come who interprets or speaks %(language)s"
        " fluently."
    ),
    "team_lacks_people": _(
        "The team %(mission)s cannot go: it goes with %(least)s at least, and no more than %(most)s"
        " can come."
    ),
    "team_kept_back": _("The team %(mission)s cannot go. This keeps it back: “%(rule)s”."),
    "empty_no_plan": _("No plan fills it, whoever moves."),
    "empty_none_found": _("No plan that fills it was found near this seat."),
    "empty_costs": ngettext_lazy(
        "To fill it would cost %(cost)s point elsewhere. Seats empty then: %(seats)s.",
        "To fill it would cost %(cost)s points elsewhere. Seats empty then: %(seats)s.",
        COUNTED,
    ),
    "empty_costs_at_most": ngettext_lazy(
        "To fill it would cost at most %(cost)s point elsewhere. Seats empty then: %(seats)s.",
        "To fill it would cost at most %(cost)s points elsewhere. Seats empty then: %(seats)s.",
        COUNTED,
    ),
}
#: by `Said.code` of `engine.kept_back`: why somebody who could does not come
KEPT_BACK: dict[str, str | Promise] = {
    "kept_by_seat": _("sits in %(seat)s then"),
    "kept_by_rest": _("rests before or after %(seat)s"),
    "kept_by_department": _("%(name)s has as many away as it may in %(month)s (%(cap)s)"),
    "kept_by_organisation": _("%(name)s has as many away as it may in %(month)s (%(cap)s)"),
    "kept_by_department_of": FULL_FOR_ONE_OF,
    "kept_by_organisation_of": FULL_FOR_ONE_OF,
    "kept_by_rule": _("kept back by the rule “%(rule)s”"),
}
#: by `Said.code` of `engine.repair`
CHANGES: dict[str, str | Promise] = {
    "dates": _("Team %(mission)s leaves %(days)s days later"),
    "dates_earlier": _("Team %(mission)s leaves %(days)s days earlier"),
    "cap_of_organisation": _("%(name)s spares one more in %(months)s"),
    "cap_of_department": _("Department %(name)s spares one more in %(months)s"),
    "course": _("A course: %(person)s reaches level %(asked)s in %(language)s (now %(level)s)"),
    "certificate": _("%(person)s obtains a paper: %(certificate)s, valid until %(until)s"),
    "clearance": _("%(person)s’s passport, visa and health clearance last until %(until)s"),
    "grade": _("An exception of grade for %(person)s (%(grade)s; the seat asks %(asked)s)"),
    "pool": _("%(organisation)s is asked for %(mission)s as well"),
    "budget": _("The budget of %(area)s in %(year)s rises by %(by)s"),
    "seat_more": _("One seat more in team %(mission)s: %(specialty)s"),
    "lead": _("%(person)s is let lead team %(mission)s"),
    "smaller": _("Team %(mission)s may go with %(people)s"),
    "remote": _("An expert of %(specialty)s stands by for %(destination)s through a link"),
    # what such a change costs others
    "seats_emptied": _("empty then: %(seats)s"),
    "seats_moved": _("then change: %(seats)s"),
    "fewer_handovers": ngettext_lazy(
        "%(count)s handover is lost: %(handovers)s",
        "%(count)s handovers are lost: %(handovers)s", COUNTED,
    ),
    # what a workbook costs
    "handovers_of_book_lost": ngettext_lazy(
        "%(count)s handover is lost: %(handovers)s.",
        "%(count)s handovers are lost: %(handovers)s.", COUNTED,
    ),
    "handovers_of_book_gained": ngettext_lazy(
        "%(count)s handover is gained: %(handovers)s.",
        "%(count)s handovers are gained: %(handovers)s.", COUNTED,
    ),
    # what an answer changes since the plan was solved
    "handovers_lost": ngettext_lazy(
        "%(count)s handover that the plan had when it was solved is lost: %(handovers)s.",
        "%(count)s handovers that the plan had when it was solved are lost: %(handovers)s.",
        COUNTED,
    ),
    "handovers_gained": ngettext_lazy(
        "%(count)s handover that the plan did not have when it was solved is gained:"
        " %(handovers)s.",
        "%(count)s handovers that the plan did not have when it was solved are gained:"
        " %(handovers)s.", COUNTED,
    ),
}  # fmt: skip
PIN_THEM_TOO = _("The planner may spend such a change on another seat: pin the person here too.")
PINNED_COMES_ALONE = _(
    "Whoever is pinned here comes though nobody else of their hospital is asked for the team."
)
ASKS_ANOTHER = "pool"  # the change by which another sender is asked
#: changes that the planner spends where they bring the most
SPENT_ANYWHERE = frozenset({"budget", "cap_of_department", "cap_of_organisation", "lead"})


def none_fills(count: int, *, sure: bool) -> str:
    """That none of the changes that were tried fills the seat: a proof only where it is one."""
    if sure:
        words = ngettext(
            "%(n)s small change was tried: it does not fill it.",
            "%(n)s small changes were tried: none fills it.", count,
        )  # fmt: skip
    else:
        words = ngettext(
            "%(n)s small change was tried near this seat; it was not found to fill it.",
            "%(n)s small changes were tried near this seat; none was found that fills it.", count,
        )  # fmt: skip
    return words % {"n": count}
