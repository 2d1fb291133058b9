"""A message of the planner: a code and what it names. The edge turns it into a sentence.

`marrow.plan.words.sentence` has the sentence of each code in three languages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

#: a name, a number, a day, or several names
Named = str | int | float | date | tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What is to be told. `names` holds ids of records, numbers and days; `rule` and `rules` in it
    are names of rules, as in `pairs.PAIR_RULES` and `Row.kind`."""

    code: str
    names: dict[str, Named] = field(default_factory=dict)


def said(code: str, **names: Named) -> Said:
    return Said(code, names)
