"""What in a case says who the patient is, beyond what is found in any words: a case begins with
whom it is about ("Mamadou Diallo, 45, red eye"), and its reference is a number.

The phone's own (`field/src/see/cases.ts`) are held to the same table of cases,
`cases.cases.json` beside it.
"""

from __future__ import annotations

import re
import unicodedata

from marrow.consults.rules.illness_words import OF_ILLNESS
from marrow.people.rules import privacy
from marrow.people.rules.blanks import one_blank
from marrow.people.rules.ordinary_words import ORDINARY, STATES

_NAME = r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’\-]{1,40}"
_WORD = rf"(?!(?:{'|'.join(ORDINARY)})(?![A-Za-zÀ-ÿ])){_NAME}"
_SEX = (
    r"(?:(?:[MFHmfh]|male|female|man|woman|boy|girl|homme|femme|garçon|fille|[男女]性?)"
    r"\s?[,，/]?\s?)?"
)
#: a number after it that is no measure: 45, but not 38.5, 120/80, 40 mg
_AGED = (
    rf"(?=\s?[,，(（]\s?{_SEX}(?:1[01]\d|\d{{1,2}})"
    r"(?!\d|[.,/]\d|\s?(?:%|°|/|[µm]?g\b|[cmk]?m\b|m?l\b|mmol|mmhg|bpm|h\b|hours?|heures?|days?|jours?"
    r"|weeks?|semaines?|x\b|天|小时|周)))"
)
NAME_AND_AGE = re.compile(rf"(?<![A-Za-zÀ-ÿ]){_WORD}(?:\s{_NAME}){{1,3}}{_AGED}")
#: Mamadou Diallo 45 years
KNOWN_AND_AGE = re.compile(
    rf"{privacy.KNOWN.pattern}(?=\s{_SEX}(?:1[01]\d|\d{{1,2}})\s?(?:ans?\b|years?\b|yrs?\b|y\b|yo\b|岁))",
    re.IGNORECASE,
)
#: of such words alone a name is one of an illness or of who is ill: Sickle Cell Disease, 9
_OF_ILLNESS = {word.lower() for word in (*ORDINARY, *STATES, *OF_ILLNESS)}
#: how a case begins, or a line or sentence of it
_OPENING = re.compile(r"(?:^|[\n.;。；])\s?([^\n.;。；,，:：(（]{2,60})(?=[,，:：(（])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d[-/ .]?")  # many a register counts by the year
FEWEST = 9  # digits of a telephone number; a register's own has fewer
_LONG = re.compile(rf"\+?\d(?:[\s().\-/]{{0,2}}\d){{{FEWEST - 1},}}[Xx]?")


def who_is_told(text: str) -> str:
    """The part by which the patient of a case may be found; '' where there is none."""
    found = privacy.number_in(text) or privacy.titled_in(text) or privacy.labelled_in(text)
    told = one_blank(text)
    return found or _aged(told) or _opening(told)


def _aged(text: str) -> str:
    for one in NAME_AND_AGE.finditer(text):
        if not all(word.lower() in _OF_ILLNESS for word in one.group(0).split()):
            return one.group(0).strip()
    known = KNOWN_AND_AGE.search(text)
    return known.group(0).strip() if known else ""


def _opening(text: str) -> str:
    """A known name that opens the case, a line or a sentence, with nothing beside it."""
    for one in _OPENING.finditer(text):
        said = one.group(1).strip()
        known = privacy.KNOWN.match(said)
        if known and len(said.split()) <= len(known.group(0).split()) + 1:
            return said
    return ""


def number_in_reference(text: str) -> str:
    """The part of a reference that looks like a telephone or identity number; '' where none."""
    found = _LONG.search(_YEAR.sub("", unicodedata.normalize("NFKC", text)))
    return found.group(0).strip() if found else ""
