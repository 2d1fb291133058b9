"""The planner's messages in the reader's language: the rules tell codes, here are sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from django.utils.functional import Promise

from marrow.core.words import listing, tongue
from marrow.plan.rules.said import Named, Said
from marrow.plan.words.breaches import BREACHES
from marrow.plan.words.faults import FAULTS, ONLY_ASKED
from marrow.plan.words.limits import MONTHLY, REFUSED_BY_LIMIT
from marrow.plan.words.reasons import CHANGES, COUNTED, KEPT_BACK, REASONS
from marrow.plan.words.rules import HOW, RECORDS, RULES
from marrow.ui.templatetags.marrow import at_most_decimals

SENTENCES: dict[str, str | Promise] = FAULTS | BREACHES | REASONS | KEPT_BACK | CHANGES
#: the names of a message that hold what has words of its own
_WORDED = {
    "rules": RULES, "rule": RULES, "kind": RECORDS, "who": RECORDS, "what": RECORDS,
    "one_by": HOW, "other_by": HOW,
}  # fmt: skip
MOST = 12  # names told of a list; of handovers all, for no page tells the others
OF_HOW_MANY = ("cost", "points", "count", "seats")  # the first of these that a message names
MANY = 2
LONGEST = 240  # letters told of one name
_CUT_AND_STOP = re.compile("…[.。]")  # what is cut ends its sentence by itself


def sentence(told: Said) -> str:
    """The sentence of a message."""
    names: dict[str, object] = {key: _plain(key, value) for key, value in _whole(told).items()}
    only_asked = told.code in ONLY_ASKED and told.names["asked"] == told.names["count"]
    words = (ONLY_ASKED if only_asked else SENTENCES)[told.code]
    said = _CUT_AND_STOP.sub("…", cast("str", words) % {**names, COUNTED: _counted(told)})
    return with_months(said) if told.code in REFUSED_BY_LIMIT else said


def _whole(told: Said) -> Mapping[str, Named]:
    """What a message names; of people who are counted and not all named, that there are more."""
    people, count = told.names.get("people"), told.names.get("count")
    if isinstance(people, tuple) and isinstance(count, int) and len(people) < count:
        return {**told.names, "people": (*people[:MOST], "…")}
    return told.names


def with_months(said: str) -> str:
    """A sentence of a limit, and the one that says how limits count."""
    return f"{said}{'' if tongue() == 'zh' else ' '}{MONTHLY}"


def _counted(told: Said) -> int:
    """The number by which a sentence is singular or plural, of what is told of how many."""
    value = next((told.names[key] for key in OF_HOW_MANY if key in told.names), 0)
    return as_many(value) if isinstance(value, int | float) else 0


def as_many(value: float) -> int:
    """The number by which words of so many are singular or plural: of what is no whole number,
    plural in English (0.05 points, 1.5 points), and in French from two on (1,5 point)."""
    shown = round(value, 2)
    return int(shown) if shown == int(shown) or tongue() == "fr" else MANY


def costs_others(
    moves: Sequence[str], emptied: Sequence[str], lost: Sequence[Sequence[str]] = ()
) -> list[str]:
    """Of the seats that a change `moves`, which are empty then, and which change; the handovers
    that are `lost`."""
    told = (
        ("seats_emptied", tuple(emptied)),
        ("seats_moved", tuple(k for k in moves if k not in emptied)),
    )
    words = [sentence(Said(code, {"seats": seats})) for code, seats in told if seats]
    return [*words, *([sentence(of_handovers("fewer_handovers", lost))] if lost else [])]


def of_handovers(code: str, told: Sequence[Sequence[str]]) -> Said:
    """How many handovers, and in each who hands over to whom: by seat and person, before and
    after."""
    pairs = tuple(f"{before} {giver} → {after} {taker}" for before, giver, after, taker in told)
    return Said(code, {"count": len(told), "handovers": pairs})


def rule(name: str) -> str:
    """The one-line meaning of a rule, by the name of its function."""
    return str(RULES[name])


def _plain(key: str, value: Named) -> str:
    if isinstance(value, tuple):
        cut = key != "handovers" and len(value) > MOST and value[MOST:] != ("…",)
        shown = [_plain(key, v) for v in (value[:MOST] if cut else value)]
        return listing().join(shown + ["…"] * cut) or "–"
    if key in _WORDED:
        return str(_WORDED[key].get(str(value), value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return at_most_decimals(value)
    words = str(value)
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"
