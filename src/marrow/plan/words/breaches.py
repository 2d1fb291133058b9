"""What a plan breaks: the sentence of each code of the checker."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marrow.plan.words.reasons import COUNTED

#: by `Said.code`
BREACHES: dict[str, str | Promise] = {
    "other_problem": _("The plan is of another problem: the SHA-256 of the problem differs."),
    "no_such_seat": _("Seat %(seat)s is not in the problem."),
    "no_such_person": _("Person %(person)s is not in the problem."),
    "seat_taken_twice": _("Seat %(seat)s has %(people)s people."),
    "not_asked": _(
        "%(person)s on %(seat)s: %(organisation)s is not asked for mission %(mission)s."
    ),
    "of_receiver": _(
        "%(person)s on %(seat)s: is of %(organisation)s, which receives mission %(mission)s."
    ),
    "not_accepted": _("%(person)s on %(seat)s: specialty %(specialty)s is not accepted."),
    "low_grade": _("%(person)s on %(seat)s: grade %(grade)s, the seat asks %(asked)s."),
    "grade_unknown": _(
        "%(person)s on %(seat)s: the professional title is not known, the seat asks %(asked)s."
    ),
    "low_level": _(
        "%(person)s on %(seat)s: language %(language)s level %(level)s, the seat asks %(asked)s."
    ),
    "certificate_ends": _(
        "%(person)s on %(seat)s: certificate %(certificate)s does not hold to the end."
    ),
    "clearance_ends": _("%(person)s on %(seat)s: clearance ends %(day)s."),
    "refuses": _("%(person)s on %(seat)s: refuses %(destination)s."),
    "turned_down": _("%(person)s on %(seat)s: was turned down for this seat or withdrew."),
    "not_available": _("%(person)s on %(seat)s: not available on %(day)s."),
    "still_rests": _("%(person)s on %(seat)s: rests until %(day)s."),
    "touches_rest": _(
        "%(person)s on %(seat)s: %(start)s – %(end)s is kept for rest before or after another"
        " mission."
    ),
    "in_two_places": _("%(person)s is on %(one)s and %(other)s at once, from %(day)s."),
    "rests_too_little": _(
        "%(person)s rests %(days)s of %(rest)s days between %(one)s and %(other)s."
    ),
    "beyond_cap": ngettext_lazy(
        "%(name)s has %(count)s person away in %(month)s; its cap is %(cap)s.",
        "%(name)s has %(count)s people away in %(month)s; its cap is %(cap)s.",
        COUNTED,
    ),
    "beyond_cap_of": _(
        "%(name)s may have %(limit)s away in %(month)s. Away without this plan: %(away)s, from"
        " %(start)s to %(end)s. By this plan: %(count)s. Its cap leaves %(cap)s."
    ),
    "team_too_small": _("Mission %(mission)s goes with %(people)s of at least %(minimum)s people."),
    "no_leader": _("Mission %(mission)s has nobody who may lead."),
    "no_infection_control": _("Mission %(mission)s has no infection control."),
    "not_understood": _("Mission %(mission)s has nobody who speaks %(language)s."),
    "no_anaesthetist": _("Seat %(seat)s is a surgeon’s and has no anaesthetist beside it."),
    "couple_away_at_once": _("%(one)s and %(other)s must not be away at once: %(seats)s."),
    "couple_parted": _("%(one)s and %(other)s must go together and do not."),
    "pin_not_kept": _("Seat %(seat)s is pinned to %(pinned)s and has %(held)s."),
    "selected_not_kept": _(
        "%(pinned)s is selected for seat %(seat)s already, and the plan has %(held)s there."
    ),
    "asked_not_kept": _(
        "%(pinned)s is asked for seat %(seat)s already, and the plan has %(held)s there."
    ),
    "beyond_budget": _("%(area)s spends %(cost)s in %(year)s; its budget is %(amount)s."),
    "not_to_be_sent": _(
        "%(person)s on %(seat)s: has left the unit, does not wish to go, or is not yours to send."
    ),
    "held_by_another": _("Seat %(seat)s was given to %(held)s; the plan has %(person)s."),
    "seat_dropped": _("Seat %(seat)s was dropped on the page of its team. Drop it here too."),
    "holder_does_not_fit": _(
        "Seat %(seat)s is %(person)s’s, who does not fit what the plan makes of it."
    ),
    "selected_since": _(
        "%(person)s is selected for %(seat)s already: tell that they drop out, or put the record"
        " right."
    ),
    "team_changed_since": _(
        "%(mission)s: its time was changed on the page of the team after this plan took it over."
    ),
    "seat_changed_since": _(
        "Seat %(seat)s was changed on the page of the team after this plan took it over."
    ),
    "tier_differs": _("Tier %(tier)s claims %(told)s points; counted again it has %(counted)s."),
    "value_differs": _("The plan claims %(told)s points and has %(counted)s."),
    "above_bound": _("The plan’s value %(value)s is above its bound %(bound)s."),
    "gap_differs": _("The plan claims a gap of %(told)s %%; its bound leaves %(counted)s %%."),
    "not_proved": _(
        "The plan says that it is proved, but its bound %(bound)s leaves room above its value"
        " %(value)s."
    ),
    "most_beyond_critical": _(
        "The plan says that %(at_most)s critical seats are possible; there are %(seats)s."
    ),
    "critical_differs": _(
        "The plan claims %(told)s of %(of)s critical seats; it has %(counted)s of %(seats)s."
    ),
    "critical_beyond_most": _(
        "%(covered)s critical seats are covered, more than the %(at_most)s said to be possible."
    ),
}
