"""What findings and work items say, in three tongues: each room tells of its codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from marrow.core.words import Names, in_tongue

SENTENCES: dict[str, Names] = {}
SHORT: dict[str, Names] = {}
#: codes of work items that speak of people in danger: they stand first; rooms add their own
DANGER: set[str] = set()
#: of these, what somebody called for themselves: before all silence
CALLED: set[str] = set()


def tell(sentences: Mapping[str, Names], short: Mapping[str, Names]) -> None:
    """`sentences` have places to fill, `short` are the few words for a list of codes."""
    SENTENCES.update(sentences)
    SHORT.update(short)


DECIDED_TAKEN, DECIDED_STAYED = "TAKEN", "STAYED"  # the other value was taken, or none


def tell_decided(sentences: Mapping[tuple[str, str], Names]) -> None:
    """What a decided finding of a code says, by its outcome; others go on to say the doubt."""
    SENTENCES.update({f"{code}:{outcome}": words for (code, outcome), words in sentences.items()})


def decided_sentence(code: str, outcome: str) -> str:
    """The code of the sentence of a decided finding."""
    key = f"{code}:{outcome}"
    return key if key in SENTENCES else code


def short(code: str) -> str:
    """The few words for a code."""
    return in_tongue(SHORT.get(code, {})) or code


def derived_words(derived: str) -> str:
    """How a fact was worked out ("BY_TABLE|count=30"), in the reader's language."""
    code, *params = derived.split("|")
    return sentence(code, dict(p.split("=", 1) for p in params if "=" in p)) if derived else ""


class _Spoken(dict[str, str]):
    """A parameter that is not there is shown as a dash, never an error."""

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(code: str, params: Mapping[str, object]) -> str:
    """The sentence of a code in the reader's language, its names filled in."""
    template = in_tongue(SENTENCES.get(code, {})) or code
    return template.format_map(_Spoken({k: in_words(v) for k, v in params.items()}))


#: what only the moment of reading can say of a work item (or that at which it was done), by the
#: start of its code
AT_READING: dict[str, Callable[[Mapping[str, object], dt.datetime | None], dict[str, object]]] = {}


def sentence_of_work(code: str, params: Mapping[str, object], done_at: dt.datetime | None) -> str:
    """The sentence of a work item as it is now, or was when it was done."""
    told = dict(params)
    for start, more in AT_READING.items():
        if code.startswith(start):
            told |= more(params, done_at)
    return sentence(code, told)


def in_words(param: object) -> str:
    """A param as a reader sees it: what has a name in several languages, in theirs."""
    return in_tongue(param) if isinstance(param, dict) else str(param)
