"""What each rule means, in one line, and what kinds of record are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

#: by the name of the rule's function
RULES: dict[str, str | Promise] = {
    "is_from_elsewhere": pgettext_lazy(
        "rule of a plan", "Nobody of the hospital that receives a team is sent with it"
    ),
    "is_in_sender_pool": pgettext_lazy(
        "rule of a plan", "The person belongs to a sender asked for this mission"
    ),
    "has_specialty": pgettext_lazy(
        "rule of a plan", "Main or second specialty is accepted for the seat"
    ),
    "grade_is_known": pgettext_lazy(
        "rule of a plan", "Where the seat asks for a title, that of the person is known"
    ),
    "has_grade": pgettext_lazy("rule of a plan", "Grade is at least what the seat asks"),
    "speaks_language": pgettext_lazy("rule of a plan", "Speaks the language at the level asked"),
    "holds_certificate": pgettext_lazy(
        "rule of a plan", "All certificates are held and valid to the end"
    ),
    "is_available": pgettext_lazy("rule of a plan", "Free for the whole period"),
    "has_rested": pgettext_lazy("rule of a plan", "Rest after and before other missions is kept"),
    "has_clearance": pgettext_lazy(
        "rule of a plan", "Passport, visa and health clearance last to the end"
    ),
    "has_not_refused": pgettext_lazy("rule of a plan", "Has not refused this destination"),
    "is_not_turned_down": pgettext_lazy(
        "rule of a plan", "Was not turned down for this seat, and did not withdraw"
    ),
    "is_in_one_place": pgettext_lazy("rule of a plan", "One person, one place at a time"),
    "rests_between": pgettext_lazy("rule of a plan", "Rest between two deployments"),
    "department_keeps_enough": pgettext_lazy(
        "rule of a plan", "Department absences stay within the month’s cap"
    ),
    "hospital_keeps_enough": pgettext_lazy(
        "rule of a plan", "Hospital absences stay within the month’s cap, lower under pressure"
    ),
    "team_has_leader": pgettext_lazy("rule of a plan", "A team that goes has someone able to lead"),
    "team_is_understood": pgettext_lazy(
        "rule of a plan", "An interpreter or a fluent member covers the language"
    ),
    "surgeon_has_anaesthetist": pgettext_lazy(
        "rule of a plan", "No surgeon at a site without an anaesthetist"
    ),
    "outbreak_has_infection_control": pgettext_lazy(
        "rule of a plan", "An outbreak team has infection control"
    ),
    "team_is_large_enough": pgettext_lazy(
        "rule of a plan", "A team goes with its minimum size or not at all"
    ),
    "couple_together": pgettext_lazy("rule of a plan", "Both in the same mission, or neither"),
    "couple_apart": pgettext_lazy("rule of a plan", "Never away at the same time"),
    "pin_is_kept": pgettext_lazy("rule of a plan", "A pinned seat stays as pinned"),
    "budget_is_kept": pgettext_lazy(
        "rule of a plan", "Cost stays within the budget of sender area and year"
    ),
}
#: kinds of record of a problem
RECORDS: dict[str, str | Promise] = {
    "organisation": pgettext_lazy("record of a plan", "organisation"),
    "department": pgettext_lazy("record of a plan", "department"),
    "person": pgettext_lazy("record of a plan", "person"),
    "mission": pgettext_lazy("record of a plan", "mission"),
    "seat": pgettext_lazy("record of a plan", "seat"),
    "pin": pgettext_lazy("record of a plan", "pin"),
    "selected": pgettext_lazy("record of a plan", "selection"),
    "asked": pgettext_lazy("record of a plan", "invitation"),
    "couple": pgettext_lazy("record of a plan", "couple"),
    "specialty": pgettext_lazy("record of a plan", "specialty"),
    "cell": pgettext_lazy("record of a plan", "worth of a presence"),
    "budget": pgettext_lazy("record of a plan", "budget"),
    "area": pgettext_lazy("record of a plan", "area"),
    "pin of seat": pgettext_lazy("record of a plan", "pin of seat"),
    "published seat": pgettext_lazy("record of a plan", "published seat"),
    "person on post": pgettext_lazy("record of a plan", "person on post"),
}
#: how somebody has a seat
HOW: dict[str, str | Promise] = {
    "pin": pgettext_lazy("how somebody has a seat", "pinned"),
    "selected": pgettext_lazy("how somebody has a seat", "selected already"),
    "asked": pgettext_lazy("how somebody has a seat", "asked already"),
}
