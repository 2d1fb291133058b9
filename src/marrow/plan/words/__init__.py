"""The planner's messages in the reader's language: the rules tell codes, here are sentences."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise

from marrow.core.words import listing
from marrow.plan.rules.said import Named, Said
from marrow.plan.words.breaches import BREACHES
from marrow.plan.words.faults import FAULTS
from marrow.plan.words.reasons import CHANGES, KEPT_BACK, REASONS
from marrow.plan.words.rules import RECORDS, RULES
from marrow.ui.templatetags.marrow import at_most_decimals

SENTENCES: dict[str, str | Promise] = FAULTS | BREACHES | REASONS | KEPT_BACK | CHANGES
#: the names of a message that hold rules or kinds of record, which have words of their own
_WORDED = {"rules": RULES, "rule": RULES, "kind": RECORDS, "who": RECORDS, "what": RECORDS}
MOST = 12  # names told of a list
LONGEST = 240  # letters told of one name


def sentence(told: Said) -> str:
    """The sentence of a message."""
    names = {key: _plain(key, value) for key, value in told.names.items()}
    return str(SENTENCES[told.code]) % names


def rule(name: str) -> str:
    """The one-line meaning of a rule, by the name of its function."""
    return str(RULES[name])


def _plain(key: str, value: Named) -> str:
    if isinstance(value, tuple):
        shown = [_plain(key, v) for v in value[:MOST]]
        return listing().join(shown + ["…"] * (len(value) > MOST)) or "–"
    if key in _WORDED:
        return str(_WORDED[key].get(str(value), value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return at_most_decimals(value)
    words = str(value)
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"
