"""What is wrong with a problem or a file: the sentence of each code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marrow.plan.words.reasons import COUNTED

BEYOND_SELECTED = _(
    "%(count)s people of %(name)s would be away in %(month)s, and %(cap)s may be: %(held)s are"
    " selected already, the others are pinned. Remove pins or raise the limit."
)
BEYOND_OF = ngettext_lazy(
    "%(count)s person of %(name)s would be away in %(month)s for this plan. %(limit)s may be away"
    " in all. Away already: %(away)s; left: %(cap)s. Remove pins or raise the limit.",
    "%(count)s people of %(name)s would be away in %(month)s for this plan. %(limit)s may be away"
    " in all. Away already: %(away)s; left: %(cap)s. Remove pins or raise the limit.", COUNTED,
)  # fmt: skip
HELD_BEYOND = ngettext_lazy(
    "%(name)s may have %(cap)s away in %(month)s, and %(count)s of its people is selected already."
    " They keep their seat; nobody else is taken from there then.",
    "%(name)s may have %(cap)s away in %(month)s, and %(count)s of its people are selected already."
    " They keep their seats; nobody else is taken from there then.", COUNTED,
)  # fmt: skip
HELD_BEYOND_OF = ngettext_lazy(
    "%(name)s may have %(limit)s away in %(month)s (away already: %(away)s), and %(count)s is"
    " selected in this plan. They keep their seat; nobody else is taken from there then.",
    "%(name)s may have %(limit)s away in %(month)s (away already: %(away)s), and %(count)s are"
    " selected in this plan. They keep their seats; nobody else is taken from there then.", COUNTED,
)  # fmt: skip
BEYOND_ASKED = _(
    "%(count)s people of %(name)s would be away in %(month)s, and %(cap)s may be: %(held)s are"
    " selected or asked already, the others are pinned. Remove pins or raise the limit."
)
ASKED_BEYOND = _(
    "%(name)s may have %(cap)s away in %(month)s, and %(count)s of its people are selected or asked"
    " already, %(asked)s of them only asked. They keep their seats; nobody else is taken from there"
    " then."
)
ASKED_BEYOND_OF = _(
    "%(name)s may have %(limit)s away in %(month)s (away already: %(away)s), and %(count)s are"
    " selected or asked in this plan, %(asked)s of them only asked. They keep their seats; nobody"
    " else is taken from there then."
)
#: by `Said.code`, where all of those who are held are only asked
ONLY_ASKED: dict[str, str | Promise] = {
    f"asked_beyond_{home}{whole}": words
    for home in ("department", "organisation")
    for whole, words in (
        ("", ngettext_lazy(
            "%(name)s may have %(cap)s away in %(month)s, and %(count)s of its people is asked"
            " already. They keep their seat; nobody else is taken from there then.",
            "%(name)s may have %(cap)s away in %(month)s, and %(count)s of its people are asked"
            " already. They keep their seats; nobody else is taken from there then.", COUNTED,
        )),
        ("_of", ngettext_lazy(
            "%(name)s may have %(limit)s away in %(month)s (away already: %(away)s), and"
            " %(count)s is asked in this plan. They keep their seat; nobody else is taken from"
            " there then.",
            "%(name)s may have %(limit)s away in %(month)s (away already: %(away)s), and"
            " %(count)s are asked in this plan. They keep their seats; nobody else is taken from"
            " there then.", COUNTED,
        )),
    )
}  # fmt: skip
#: by `Said.code`
FAULTS: dict[str, str | Promise] = {
    "twice": _("The %(kind)s %(name)s stands %(times)s times. Keep one."),
    "cell_twice": _(
        "The worth of %(specialty)s at %(destination)s in %(half_year)s stands %(times)s times."
        " Keep one."
    ),
    "seat_outside": _(
        "Seat %(seat)s is from %(start)s to %(end)s, on no day of its mission %(mission)s."
    ),
    "seat_beyond": _(
        "Seat %(seat)s is from %(start)s to %(end)s, beyond its mission %(mission)s, which is from"
        " %(mission_start)s to %(mission_end)s. It is planned all the same."
    ),
    "mission_outside": _(
        "Mission %(mission)s is from %(start)s to %(end)s, on no day of the horizon. It is"
        " planned all the same."
    ),
    "means_nobody": _(
        "In the %(who)s %(name)s: the %(what)s “%(asked)s” is not in the list, so it changes"
        " nothing."
    ),
    "means_nobody_but_near": _(
        "In the %(who)s %(name)s: the %(what)s “%(asked)s” is not in the list, so it changes"
        " nothing. Did you mean “%(near)s”?"
    ),
    "unknown": _("In the %(who)s %(name)s: the %(what)s “%(asked)s” is not in the list."),
    "unknown_but_near": _(
        "In the %(who)s %(name)s: the %(what)s “%(asked)s” is not in the list. Did you"
        " mean “%(near)s”?"
    ),
    "reversed_horizon": _("The horizon ends %(end)s before it starts %(start)s, or lasts no day."),
    "reversed_mission": _(
        "Mission %(name)s ends %(end)s before it starts %(start)s, or lasts no day."
    ),
    "reversed_seat": _("Seat %(name)s ends %(end)s before it starts %(start)s, or lasts no day."),
    "reversed_available": _(
        "Person %(name)s, availability %(n)s: ends %(end)s before it starts %(start)s, or"
        " lasts no day."
    ),
    "reversed_rests": _(
        "Person %(name)s, rest around other missions %(n)s: ends %(end)s before it starts"
        " %(start)s, or lasts no day."
    ),
    "reversed_on_post": _(
        "On post %(name)s: ends %(end)s before it starts %(start)s, or lasts no day."
    ),
    "rested_early": _(
        "Person %(name)s: the rest after the last mission ends %(end)s, before they came home"
        " %(start)s."
    ),
    "reversed_under_pressure": _(
        "Organisation %(name)s, time under pressure %(n)s: ends %(end)s before it starts"
        " %(start)s, or lasts no day."
    ),
    "circle": _("Missions follow each other in a circle: %(missions)s."),
    "no_seats": _(
        "The problem has 0 seats: nothing to plan. Missions without seats: %(missions)s."
    ),
    "no_people": _("The problem has 0 people for its %(seats)s seats. Add the roster."),
    "no_skills": _(
        "No person can take any of the %(seats)s seats: none of the %(people)s people has"
        " a specialty that a seat accepts. First: %(first)s."
    ),
    "nobody_fits": _(
        "Nobody can take any of the %(seats)s seats, so the plan stays empty. Seat %(seat)s:"
        " the last who could (%(people)s) are left out by the rule “%(rule)s”."
    ),
    "pin_breaks_rules": _(
        "The pin %(seat)s → %(person)s breaks a rule: %(rules)s. Remove the pin, or change the"
        " team’s dates, what the seat asks for, or the person’s record."
    ),
    "selected_breaks_rules": _(
        "%(person)s is selected for seat %(seat)s already, against a rule: %(rules)s. Take them out"
        " of the seat, or put the record right."
    ),
    "asked_breaks_rules": _(
        "%(person)s is asked for seat %(seat)s already, against a rule: %(rules)s. Take them out of"
        " the seat, or put the record right."
    ),
    "held_twice": _(
        "%(person)s has two seats that overlap from %(start)s to %(end)s: %(one)s (%(one_by)s) and"
        " %(other)s (%(other_by)s). Leave one of them."
    ),
    "held_unrested": _(
        "%(person)s has two seats with too little rest between: %(one)s (%(one_by)s) and %(other)s"
        " (%(other_by)s). Leave one of them."
    ),
    "pinned_twice": _(
        "Person %(person)s is pinned to seat %(one)s and seat %(other)s, which overlap"
        " from %(start)s to %(end)s. Remove one pin."
    ),
    "pinned_unrested": _(
        "Person %(person)s is pinned to seat %(one)s and seat %(other)s with too little"
        " rest between. Remove one pin."
    ),
    "couple_with_itself": _("Person %(person)s cannot be a couple with itself."),
    "couple_at_odds": _("%(one)s and %(other)s must go both together and apart. Keep one."),
    "pinned_beyond_department": ngettext_lazy(
        "%(count)s person of department %(name)s is pinned away in %(month)s; its cap is"
        " %(cap)s. Remove the pin or raise the cap.",
        "%(count)s people of department %(name)s are pinned away in %(month)s; its cap is"
        " %(cap)s. Remove pins or raise the cap.",
        COUNTED,
    ),
    "pinned_beyond_organisation": ngettext_lazy(
        "%(count)s person of organisation %(name)s is pinned away in %(month)s; its cap"
        " is %(cap)s. Remove the pin or raise the cap.",
        "%(count)s people of organisation %(name)s are pinned away in %(month)s; its cap"
        " is %(cap)s. Remove pins or raise the cap.",
        COUNTED,
    ),
    "pinned_beyond_selected_department": BEYOND_SELECTED,
    "pinned_beyond_selected_organisation": BEYOND_SELECTED,
    "pinned_beyond_asked_department": BEYOND_ASKED,
    "pinned_beyond_asked_organisation": BEYOND_ASKED,
    "asked_beyond_department": ASKED_BEYOND,
    "asked_beyond_organisation": ASKED_BEYOND,
    "asked_beyond_department_of": ASKED_BEYOND_OF,
    "asked_beyond_organisation_of": ASKED_BEYOND_OF,
    "pinned_beyond_department_of": BEYOND_OF,
    "pinned_beyond_organisation_of": BEYOND_OF,
    "held_beyond_department": HELD_BEYOND,
    "held_beyond_organisation": HELD_BEYOND,
    "held_beyond_department_of": HELD_BEYOND_OF,
    "held_beyond_organisation_of": HELD_BEYOND_OF,
    "pinned_beyond_budget": _(
        "The pins of %(area)s in %(year)s cost %(cost)s; the budget is %(amount)s. Remove"
        " pins or raise the budget."
    ),
    "held_beyond_budget": _(
        "Those of %(area)s who are selected or asked already cost %(cost)s in %(year)s; the budget"
        " is %(amount)s. Raise the budget."
    ),
    "held_and_pinned_beyond_budget": _(
        "Those of %(area)s who are selected, asked or pinned cost %(cost)s in %(year)s, and"
        " %(held)s of it those who are selected or asked already; the budget is %(amount)s. Remove"
        " pins or raise the budget."
    ),
    "never_goes": ngettext_lazy(
        "Mission %(mission)s goes with at least %(minimum)s people and has %(seats)s seat: it can"
        " never go. Lower the minimum or add seats.",
        "Mission %(mission)s goes with at least %(minimum)s people and has %(seats)s seats: it can"
        " never go. Lower the minimum or add seats.",
        COUNTED,
    ),
    "couple_stays": _(
        "%(one)s and %(other)s must go together, but no mission has seats for both:"
        " neither will be seated."
    ),
    "pins_at_odds": _("These pins cannot all be kept: %(pins)s. Remove one."),
    "pins_at_odds_by_rule": _(
        "These pins cannot all be kept: %(pins)s. The rule that stands against them: “%(rules)s”."
        " Remove a pin."
    ),
    "goes_with_more": _(
        "Team %(mission)s goes with %(least)s people at least. Lower this number where the team is"
        " moved, or pin others who can come too."
    ),
    "pins_against_selected": _(
        "These pins cannot all be kept: %(pins)s. Selected already, so not to be removed here:"
        " %(held)s. Remove a pin."
    ),
    "pins_against_selected_by_rule": _(
        "These pins cannot all be kept: %(pins)s. Selected already, so not to be removed here:"
        " %(held)s. The rule that stands against them: “%(rules)s”. Remove a pin."
    ),
    "selected_at_odds": _(
        "Those who are selected already cannot all stay: %(held)s. The rule that stands against"
        " them: “%(rules)s”."
    ),
    "not_for_these_eyes": _("What else stands against it is not for your eyes."),
    "too_large": _(
        "The problem has %(pairs)s possible pairs of person and seat; at most %(most)s"
        " fit. Plan fewer seats or areas at once."
    ),
    "solver_stopped": _("The solver stopped with status %(status)s. The plan before it is kept."),
    "no_file": _("There is no file %(name)s, or it cannot be read."),
    "no_json": _("This is no JSON file: %(why)s."),
    "no_object": _("The file must hold one object, which begins with {."),
    "no_such_field": _(
        "%(where)s is no field of this format. Remove it, or look for a misspelling."
    ),
    "missing": _("%(where)s is missing."),
    "too_small": _("%(where)s must be at least %(ge)s (found %(found)s)."),
    "too_large_figure": _("%(where)s must be at most %(le)s (found %(found)s)."),
    "not_finite": _("%(where)s must be a number (found %(found)s)."),
    "not_of_choices": _("%(where)s must be %(expected)s (found %(found)s)."),
    "not_of_list": _("%(where)s: “%(found)s” is not in the list. Choose one of: %(choices)s."),
    "no_date": _("%(where)s must be a day written 2027-03-01 (found %(found)s)."),
    "not_so_many": _("%(where)s must have %(asked)s entries (found %(found)s)."),
    "field_twice": _(
        "The field %(field)s stands twice in one object (%(name)s). Keep one of them."
    ),
    "more_faults": _("And %(count)s more faults. Mend these first."),
    "too_short": _("%(where)s must not be empty."),
    "wrong_form": _("%(where)s has not the form that is asked (found %(found)s)."),
    "wrong_value": _("%(where)s cannot be %(found)s."),
    "no_sheet": _("The sheet “%(sheet)s” is missing, or its row of codes is."),
    "no_column": _("The column %(column)s is missing."),
    "empty_cell": _("%(column)s is empty."),
    "formula": _(
        "%(column)s holds a formula, and the file has no value of it. Open the workbook in a"
        " spreadsheet and save it there, or write the value itself."
    ),
    "no_setting": _("There is no setting %(name)s. Leave the codes as they are."),
    "no_hospital_row": _("%(name)s has no row of its own on the sheet of hospitals."),
    "of_hospital_alone": _(
        "%(column)s: this counts for a whole hospital, so it stands in the hospital’s own row, not"
        " in that of its department %(name)s."
    ),
    "no_person_row": _("%(name)s has no row on the sheet of people."),
    "free_at_odds": _(
        "%(name)s: free “as listed” asks for rows on the sheet of availability; “always” and"
        " “never” for none."
    ),
    "bad_pairs": _("%(column)s: “%(found)s” cannot be read. Look into the guide for its form."),
    "book_new_mission": _(
        "Mission %(mission)s is not in the plan. Add the team on the page of the plan, then"
        " download the workbook again."
    ),
    "book_no_person": _(
        "%(person)s is not on the roster, or not for your eyes. Enter them under People first."
    ),
    "book_no_specialty": _("Seat %(seat)s: “%(asked)s” is no specialty of Marrow’s list."),
    "book_seat_is_open": _(
        "Seat %(seat)s is open already. Drop it on the page of its team, then download again."
    ),
}
