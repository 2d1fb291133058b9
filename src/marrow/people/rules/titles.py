"""Who is called by a title: Mrs Smith, mme Diallo, 李女士. In words about care such a one is taken
for a patient, unless a word of an office stands beside (`offices`): the only nurse, Mrs Barry.

“Dr” is no title here: a doctor treats. The phone's own: `field/src/see/titles.ts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from marrow.people.rules.leaving import LEAVES, left_work
from marrow.people.rules.offices import BODIES, CHINESE_OFFICES, KINDS, OFFICES, PLACES
from marrow.people.rules.ordinary_words import ORDINARY
from marrow.people.rules.surnames import HAN, SURNAME

_START, _END = r"(?<![A-Za-zÀ-ÿ])", r"(?![A-Za-zÀ-ÿ])"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’\-]{1,40}"  # Smith, SMITH, O'Brien
_NAME = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’\-]{1,40}"
_INITIALS = r"(?:[A-ZÀ-ÖØ-Þ](?:\.\s?|[\s\-]{1,2})){0,3}"
#: after these any word is a name, but
_ALWAYS = r"(?:[Mm]rs?|MRS|[Mm]me|MME|[Mm]lle|MLLE|[Mm]adame|MADAME|[Mm]onsieur|MONSIEUR|[Mm]ister)"
_NO_NAMES = (
    "la|le|les|l|un|une|the|of|de|du|des|d|and|et|or|ou|who|qui|is|est|was|has|had|in|on|at|with|to|for"
    "|from|avec|pour|par|sur|sans|chez|dans|âgée?|ministre|minister|président|présidente|president"
    "|chairman|directeur|directrice|director|préfet|maire|consul|ambassadeur|ambassadrice|ambassador"
    "|docteur|doctor|professeur|professor|médecin|secrétaire|gouverneur|governor"
    "|imaging|images?|scans?|scanners?|scanning|machines?|angiography|contrast|coils?|magnets?"
)
#: who is addressed so has an office: Madame la Cheffe
_ADDRESSED = (
    "chefs?|cheffe|chargée?|représentante?|inspecteur|inspectrice|déléguée?|députée?|sous-préfet"
    "|sous-préfète|préfète|vice-président|vice-présidente|premier|première|recteur|doyen|doyenne|juge"
    "|commissaire|consule|sénateur"
)
_SMALL = "de|du|des|da|dos|di|del|della|le|la|les|von|van|der|den|ter|ten|bin|ben|ibn|el|al"


def _cased(words: str) -> str:
    told = words.split("|")
    return "|".join((*told, *(one[:1].upper() + one[1:] for one in told), words.upper()))


_NO_NAME = rf"(?!(?:{_cased(_NO_NAMES)}){_END})"
_WORKS = "|".join((_NO_NAMES, _ADDRESSED, *OFFICES, *BODIES, *PLACES))
_NO_WORK = rf"(?!(?:{_cased(_WORKS)}){_END})"
_LITTLE = rf"(?:(?:(?:{_SMALL})\s|[dl]['’]\s?){{1,3}})"
#: de la Cruz, Le Goff, d'Almeida, van der Berg
_WITH_SMALL = rf"(?:(?:(?:{_cased(_SMALL)})\s|[DdLl]['’]\s?){{1,3}}{_NO_WORK}{_CAPITAL})"
#: these are other words too (an MR scan, we miss blood, M for male): a capital follows, and no
#: ordinary word
_NO_ORDINARY = rf"(?!(?:{'|'.join(ORDINARY)}){_END})"
_NAMED = rf"{_NO_ORDINARY}{_CAPITAL}"
_AT_TIMES = (
    rf"(?:Ms|Miss|MISS|M(?=\.(?!(?:Sc|Ed|Phil|Med){_END})|\s[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]"
    rf"|\s{_LITTLE}{_NO_ORDINARY}[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’])"
    rf"|MR(?=\.?\s?(?:{_WITH_SMALL}|{_NO_NAME}[A-Z]{{2}}|{_NO_NAME}{_NO_WORK}[A-Z][a-z])))"
)
CALLED = (
    re.compile(
        rf"{_START}(?:{_ALWAYS}(?:{_END}[.\-]?\s?|(?=[A-Z][a-z])){_INITIALS}"
        rf"(?:{_WITH_SMALL}|{_LITTLE}{_NO_WORK}{_NAME}|{_NO_NAME}{_NAME})"
        rf"|{_AT_TIMES}{_END}\.?\s?{_INITIALS}(?:{_WITH_SMALL}|{_NAMED}))"
        rf"(?:\s(?:{_WITH_SMALL}|{_NO_WORK}{_CAPITAL})){{0,4}}"
    ),
    re.compile(
        rf"(?:(?:{SURNAME}|孙(?=女士)|[钱石史方白毛江钟戴段雷尹武孔汤洪龙金夏韦付傅沈卢莫闫阎])"
        rf"{HAN}{{0,2}}?)(?:某某?)?(?:女士|先生|小姐|太太|大爷|大妈|阿姨)"
    ),
)
#: what befalls patients, said right after a name; who is transferred or evacuated may be of a team
_BEFELL = re.compile(
    r"(?:\s(?:has|had))?\s(?:died|bled|relapsed|passed\saway)(?![A-Za-zÀ-ÿ])"
    r"|\s(?:was|is|has\sbeen)\s(?:operated|discharged|referred|treated|dialysed|dialyzed|delivered)"
    r"(?![A-Za-zÀ-ÿ])"
    r"|(?:\s(?:est|fut|a\sété|était))?\s(?:décédée?|morte?|hospitalisée?|guérie?|accouchée?|dialysée?)"
    r"(?![A-Za-zÀ-ÿ])"
    r"|\s(?:est|fut|a\sété|était)\s(?:opérée?|soignée?|traitée?)(?![A-Za-zÀ-ÿ])"
    r"|\sa\saccouché(?![A-Za-zÀ-ÿ])"
    r"|\s?[，,]?\s?(?:已|于|因|在)?(?:去世|死亡|病故|过世|病危|病逝|分娩|转诊)"
)
_KIND = rf"(?:(?:{'|'.join(KINDS)})\s){{0,3}}"
_ARTICLE = r"(?:(?:the|an?|our|its|their|la|le|notre|une?|son|sa|leur)\s|l['’]\s?)"
_OFFICE = rf"{_KIND}(?:{'|'.join(OFFICES)}){_END}"
_HEAD = (
    r"(?:head|chief|in\scharge|chef|cheffe|responsable)\s"
    r"(?:of\s(?:the\s|our\s)?|du\s|des\s|d['’]\s?|de\s(?:la\s|l['’]\s?|notre\s)?)"
    rf"(?:{'|'.join(PLACES)}){_END}"
)
_CHINESE_OFFICE = f"(?:{'|'.join(CHINESE_OFFICES)})"
_CHINESE_BODY = "(?:局|委员会|卫健委|使馆|公司|厂家|大学)"
#: before a Chinese office these say what was done to somebody: 由医生抢救
_DONE = "(?:[由被为经请找向给和与跟无没缺对在未死住转]|术后|病(?!房))"
#: a nurse whose age is told is ill
_AGELESS = r"(?!\s?[,，(（]\s?\d)"
_KIN = "(?:wife|husband|spouse|widow|mother|father|daughter|brother|sister|aunt|uncle|cousin)"
_KIN_OF = r"(?:sons?|child|children|bab(?:y|ies)|friends?|relatives?|patients?|famil(?:y|ies)|kin)"
#: a nurse's husband is no nurse
_ITSELF = (
    rf"{_AGELESS}(?!['’]|[^,，;；.()（）]{{0,40}}"
    rf"(?:{_START}{_KIN}{_END}|['’]s?\s(?:[A-Za-zÀ-ÿ\-]{{1,40}}\s)?{_KIN_OF}{_END}))"
)
_CHINESE_KIN = (
    "(?:母|父|妈|爸|儿子|女儿|妻|丈夫|爱人|太太|夫人|老婆|老公|家属|家人|哥|弟|姐|妹|孩子|亲|奶奶|爷爷|外婆|外公"
    "|岳|婆|嫂|侄|之子|之女|朋友|病人|患者)"
)
_CHINESE_ITSELF = rf"{_AGELESS}(?!{HAN}{{0,6}}?(?:的|{_CHINESE_KIN}))"
_AFTER = re.compile(
    rf"\s?(?:[,，(（–—]|\s(?:is|was|est|était)\s|\s-\s)\s?{_ARTICLE}?(?:{_OFFICE}|{_HEAD}){_ITSELF}"
    r"|\s(?:from|of|du|de|des)\s(?:the\s|our\s|la\s|l['’]\s?)?(?:[A-Za-zÀ-ÿ\-]{1,40}\s){0,2}"
    rf"(?:{'|'.join(BODIES)}){_END}{_ITSELF}"
    rf"|\s(?:(?:the|our|la|le|notre)\s|l['’]\s?)(?:{_OFFICE}|{_HEAD})(?:{LEAVES}|\sest\spartie?{_END})"
    rf"|\s?(?:[,，(（]|是)\s?(?:(?!{_DONE}){HAN}){{0,8}}?"
    rf"(?:{_CHINESE_OFFICE}{_CHINESE_ITSELF}|{_CHINESE_BODY}{_AGELESS}(?!{HAN}{{0,6}}?{_CHINESE_KIN}))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:{_START}{_OFFICE}\s(?:(?:is|was|est|était)\s)?"
    rf"|{_CHINESE_OFFICE}|{_CHINESE_BODY}的?)$",
    re.IGNORECASE,
)
#: the only nurse, Mrs Barry, retired; but “without a nurse, Mrs Smith died”
_APPOSED = re.compile(rf"{_START}{_ARTICLE}{_OFFICE}\s?[,，(（]\s?$", re.IGNORECASE)
_CLOSED = re.compile(r"\s?[,，)）](?!\s?\d)")
_BESIDE = re.compile(rf"(?:{_START}(?:with|by|beside|avec|par)\s|[与和由跟随])$", re.IGNORECASE)


#: how much is read before and after a name, and how many names are looked at: who is called by a
#: title after so many is taken for a patient, for a long text may not hold others up
_BEFORE_IT, _AFTER_IT, MOST = 160, 320, 40


@dataclass(frozen=True)
class Called:
    who: str
    before: str
    after: str


def befallen_in(text: str) -> str:
    """Who is called by a title and died, was operated or the like; '' where there is none."""
    ones = (one for one in _all_called(text) if _BEFELL.match(one.after))
    return _first_but(ones, _of_office)


def called_in(text: str) -> str:
    """Who is called by a title without an office beside; '' where there is none. Who was worked
    with is a colleague (two with Mrs Barry), and so is who left a job."""
    return _first_but(_all_called(text), lambda one: _of_office(one) or _of_team(one))


def _all_called(text: str) -> Iterator[Called]:
    for shape in CALLED:
        for one in shape.finditer(text):
            start, end = one.span()
            before, after = text[max(0, start - _BEFORE_IT) : start], text[end : end + _AFTER_IT]
            yield Called(one.group(0).strip(), before, after)


def _first_but(ones: Iterable[Called], excused: Callable[[Called], bool]) -> str:
    for count, one in enumerate(ones):
        if count >= MOST or not excused(one):
            return one.who
    return ""


def _of_team(one: Called) -> bool:
    return bool(_BESIDE.search(one.before)) or left_work(one.before, one.after)


def _of_office(one: Called) -> bool:
    apposed = _APPOSED.search(one.before) and _CLOSED.match(one.after)
    return bool(apposed or _BEFORE.search(one.before) or _AFTER.match(one.after))
