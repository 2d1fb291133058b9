"""Who signed up for a training: the names in what was written, a line or a comma between them.

The phone counts them by the same rule (`field/src/see/attendees.ts`): both are held to the same
table of cases, `attendees.cases.json` beside it.
"""

from __future__ import annotations

import re

MOST_NAMES, LONGEST_NAME = 500, 120  # names of a list; letters of a name
BETWEEN = re.compile(r"[\n\r\v\f\x85\u2028\u2029,;，；、]")


def names_in(text: str) -> list[str]:
    """Each name once, in the order in which they were written."""
    parts = (" ".join(part.split()) for part in BETWEEN.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def is_too_much(names: list[str]) -> bool:
    """Whether no list is so long, or no name."""
    return len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names)
