"""Who is called by a title: Mrs Smith, mme Diallo, 李女士. In words about care such a one is taken
for a patient, unless a word of an office stands beside (`offices`): the only nurse, Mrs Barry.

“Dr” is no title here: a doctor treats. The phone's own: `field/src/see/titles.ts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from marrow.people.rules.offices import BODIES, CHINESE_OFFICES, KINDS, OFFICES, PLACES
from marrow.people.rules.ordinary_words import ORDINARY
from marrow.people.rules.surnames import HAN, SURNAME

_START, _END = r"(?<![A-Za-zÀ-ÿ])", r"(?![A-Za-zÀ-ÿ])"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’\-]+"  # Smith, SMITH, O'Brien
_NAME = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’\-]+"
_INITIALS = r"(?:[A-ZÀ-ÖØ-Þ](?:\.\s*|[\s\-]+)){0,3}"
#: after these any word is a name, but
_ALWAYS = r"(?:[Mm]rs?|MRS|[Mm]me|MME|[Mm]lle|MLLE|[Mm]adame|MADAME|[Mm]onsieur|MONSIEUR|[Mm]ister)"
_NO_NAMES = (
    "la|le|les|l|un|une|the|of|de|du|des|d|and|et|or|ou|who|qui|is|est|was|has|had|in|on|at|with|to|for"
    "|from|avec|pour|par|sur|sans|chez|dans|âgée?|ministre|minister|président|présidente|president"
    "|chairman|directeur|directrice|director|préfet|maire|consul|ambassadeur|ambassadrice|ambassador"
    "|docteur|doctor|professeur|professor|médecin|secrétaire|gouverneur|governor"
)
_NO_NAME = rf"(?!(?:{_NO_NAMES}|{_NO_NAMES.title()}|{_NO_NAMES.upper()}){_END})"
#: these are other words too (an MR scan, we miss blood, M for male): a capital follows, and no
#: ordinary word
_AT_TIMES = (
    r"(?:Ms|Miss|MISS|M(?=\.|\s+[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’])|MR(?=\.?\s+(?!IMAGING|SCAN)[A-Z]{2}))"
)
_NAMED = rf"(?!(?:{'|'.join(ORDINARY)}){_END}){_CAPITAL}"
CALLED = (
    re.compile(
        rf"{_START}(?:{_ALWAYS}{_END}\.?\s+{_INITIALS}{_NO_NAME}{_NAME}"
        rf"|{_AT_TIMES}{_END}\.?\s+{_INITIALS}{_NAMED})(?:\s+{_CAPITAL})*"
    ),
    re.compile(
        rf"(?:(?:{SURNAME}|孙(?=女士)|[钱石史方白毛江钟戴段雷尹武孔汤洪龙金夏韦付傅沈卢莫闫阎])"
        rf"{HAN}{{0,2}}?)(?:某某?)?(?:女士|先生|小姐|太太|大爷|大妈|阿姨)"
    ),
)
#: what befalls patients, said right after a name; who is transferred or evacuated may be of a team
_BEFELL = re.compile(
    r"(?:\s+(?:has|had))?\s+(?:died|bled|relapsed|passed\s+away)(?![A-Za-zÀ-ÿ])"
    r"|\s+(?:was|is|has\s+been)\s+(?:operated|discharged|referred|treated|dialysed|dialyzed|delivered)"
    r"(?![A-Za-zÀ-ÿ])"
    r"|(?:\s+(?:est|fut|a\s+été|était))?\s+(?:décédée?|morte?|hospitalisée?|guérie?|accouchée?|dialysée?)"
    r"(?![A-Za-zÀ-ÿ])"
    r"|\s+(?:est|fut|a\s+été|était)\s+(?:opérée?|soignée?|traitée?)(?![A-Za-zÀ-ÿ])"
    r"|\s+a\s+accouché(?![A-Za-zÀ-ÿ])"
    r"|\s*[，,]?\s*(?:已|于|因|在)?(?:去世|死亡|病故|过世|病危|病逝|分娩|转诊)"
)
_KIND = rf"(?:(?:{'|'.join(KINDS)})\s+){{0,3}}"
_ARTICLE = r"(?:(?:the|an?|our|its|their|la|le|notre|une?|son|sa|leur)\s+|l['’]\s*)"
_OFFICE = rf"{_KIND}(?:{'|'.join(OFFICES)}){_END}"
_HEAD = (
    r"(?:head|chief|in\s+charge|chef|cheffe|responsable)\s+"
    r"(?:of\s+(?:the\s+|our\s+)?|du\s+|des\s+|d['’]\s*|de\s+(?:la\s+|l['’]\s*|notre\s+)?)"
    rf"(?:{'|'.join(PLACES)}){_END}"
)
_CHINESE_OFFICE = f"(?:{'|'.join(CHINESE_OFFICES)})"
_CHINESE_BODY = "(?:局|委员会|卫健委|使馆|公司|厂家|大学)"
#: before a Chinese office these say what was done to somebody: 由医生抢救
_DONE = "(?:[由被为经请找向给和与跟无没缺对在未死住转]|术后|病(?!房))"
#: a nurse whose age is told is ill
_AGELESS = r"(?!\s*[,，(（]\s*\d)"
_AFTER = re.compile(
    rf"\s*(?:[,，(（–—]|\s(?:is|was|est|était)\s|\s-\s)\s*{_ARTICLE}?(?:{_OFFICE}|{_HEAD}){_AGELESS}"
    r"|\s+(?:from|of|du|de|des)\s+(?:the\s+|our\s+|la\s+|l['’]\s*)?(?:[A-Za-zÀ-ÿ\-]+\s+){0,2}"
    rf"(?:{'|'.join(BODIES)}){_END}"
    rf"|\s*(?:[,，(（]|是)\s*(?:(?!{_DONE}){HAN}){{0,8}}?(?:{_CHINESE_OFFICE}|{_CHINESE_BODY}){_AGELESS}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:{_START}{_OFFICE}\s+(?:(?:is|was|est|était)\s+)?"
    rf"|{_CHINESE_OFFICE}|{_CHINESE_BODY}的?)$",
    re.IGNORECASE,
)
#: the only nurse, Mrs Barry, retired; but “without a nurse, Mrs Smith died”
_APPOSED = re.compile(rf"{_START}{_ARTICLE}{_OFFICE}\s*[,，(（]\s*$", re.IGNORECASE)
_CLOSED = re.compile(r"\s*[,，)）](?!\s*\d)")
_BESIDE = re.compile(rf"(?:{_START}(?:with|by|beside|avec|par)\s+|[与和由跟随])$", re.IGNORECASE)


def befallen_in(text: str) -> str:
    """Who is called by a title and died, was operated or the like; '' where there is none."""
    return next((who for who, one in _without_office(text) if _BEFELL.match(text, one.end())), "")


def called_in(text: str) -> str:
    """Who is called by a title without an office beside; '' where there is none. Who was worked
    with is a colleague: two with Mrs Barry."""
    apart = (who for who, one in _without_office(text) if not _BESIDE.search(text[: one.start()]))
    return next(apart, "")


def _without_office(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for shape in CALLED:
        for one in shape.finditer(text):
            if not _of_office(text[: one.start()], text[one.end() :]):
                yield one.group(0).strip(), one


def _of_office(before: str, after: str) -> bool:
    apposed = _APPOSED.search(before) and _CLOSED.match(after)
    return bool(apposed or _BEFORE.search(before) or _AFTER.match(after))
