"""Who is called by a title: Mrs Smith, mme Diallo, 李女士. In words about care such a one is taken
for a patient, unless a word of an office stands beside (`offices`): the only nurse, Mrs Barry.

“Dr” is no title here: a doctor treats. The phone's own: `field/src/see/titles.ts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from marrow.people.rules.beside import has_office, may_have_office
from marrow.people.rules.device_words import DEVICES
from marrow.people.rules.illness import ill_after, ill_beside
from marrow.people.rules.leaving import AND, ONE, leaves
from marrow.people.rules.offices import BODIES, OFFICES, PLACES
from marrow.people.rules.ordinary_words import ORDINARY
from marrow.people.rules.surnames import HAN, RARE, SURNAME

_START, _END = r"(?<![A-Za-zÀ-ÿ])", r"(?![A-Za-zÀ-ÿ])"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’\-]{1,40}"  # Smith, SMITH, O'Brien
_NAME = r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’\-]{1,40}"
_INITIALS = r"(?:[A-ZÀ-ÖØ-Þ](?:\.\s?|[\s\-]{1,2})){0,3}"
#: after these any word is a name, but
_ALWAYS = (
    r"(?:[Mm]rs|MRS|[Mm]mes?|MMES?|[Mm]lles?|MLLES?|[Mm]adame?|MADAME?|[Mm]esdames|MESDAMES"
    r"|[Mm]ademoiselle|MADEMOISELLE|[Mm]esdemoiselles|[Mm]onsieur|MONSIEUR|[Mm]essieurs|[Mm]essrs"
    r"|[Mm]ister|MISTER|[Mm]r(?!{no_device}))"
)
_NO_NAMES = (
    "la|le|les|l|un|une|the|of|de|du|des|d|and|et|or|ou|who|qui|is|est|was|has|had|in|on|at|with|to|for"
    "|from|avec|pour|par|sur|sans|chez|dans|âgée?|ministre|minister|président|présidente|president"
    "|chairman|directeur|directrice|director|préfet|maire|consul|ambassadeur|ambassadrice|ambassador"
    "|docteur|doctor|drs?|dre|professeur|professor|pre?|médecin|secrétaire|gouverneur|governor"
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
#: what befalls patients, said right after a name; who is transferred or evacuated may be of a team
_BEFELL = (
    r"(?:(?:\s(?:has|had))?\s(?:died|bled|relapsed|passed\saway)(?![A-Za-zÀ-ÿ])"
    r"|\s(?:was|is|has\sbeen)\s(?:operated|discharged|referred|treated|dialysed|dialyzed|delivered)"
    r"(?![A-Za-zÀ-ÿ])"
    r"|(?:\s(?:est|fut|a\sété|était))?\s(?:décédée?|morte?|hospitalisée?|guérie?|accouchée?|dialysée?)"
    r"(?![A-Za-zÀ-ÿ])"
    r"|\s(?:est|fut|a\sété|était)\s(?:opérée?|soignée?|traitée?)(?![A-Za-zÀ-ÿ])"
    r"|\sa\saccouché(?![A-Za-zÀ-ÿ])"
    r"|\sa\ssaigné(?![A-Za-zÀ-ÿ])"
    r"|\s?[，,]?\s?(?:已|于|因|在|术后|术中|昨夜|昨天|今天|不幸|大){0,2}"
    r"(?:去世|死亡|病故|过世|病危|病逝|离世|出血|分娩|转诊))"
)
_DEVICE = rf"[.\-]?\s?(?:{_cased('|'.join(DEVICES))}){_END}"
#: these are other words too (an MR scan, we miss blood, M for male): a capital follows, and no
#: ordinary word
_NO_ORDINARY = rf"(?!(?:{'|'.join(ORDINARY)}){_END})"
_NAMED = rf"{_NO_ORDINARY}{_CAPITAL}"
_AT_TIMES = (
    rf"(?:Ms|Miss|MISS|M(?=\.(?!(?:Sc|Ed|Phil|Med){_END})|\s[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]"
    rf"|\s{_LITTLE}{_NO_ORDINARY}[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’])"
    rf"|(?<!\d)(?<!\d\s)MM(?=\.\s?{_NO_ORDINARY}[A-ZÀ-ÖØ-Þ]|\s{_NAMED}\s(?:et|&)\s)"
    rf"|MR(?=\.?\s?(?:{_WITH_SMALL}|{_NO_NAME}[A-Z]{{2}}|{_NO_NAME}{_NO_WORK}[A-Z][a-z])))"
    rf"(?!{_DEVICE})"
)
#: and these before any word, where right after it stands what befalls patients: miss smith bled
_SELDOM = r"(?<!\d)(?<!\d\s)(?:miss|ms|m(?=\.)|M(?=\s))"
_SAID = rf",\s?(?:died|bled|operated|décédée?|opérée?|\d{{1,3}}){_END}"
_MORE = rf"(?:\s(?:{_WITH_SMALL}|{_NO_WORK}{_CAPITAL})){{0,4}}"
#: wives of those in office are no patients, nor is Marie Curie
_CHINESE_TITLE = r"(?:先生|女士(?![兵官])|小姐|太太|(?<!总理|首相|居里)夫人|大爷|大妈|阿姨)"
_SURNAMED = rf"(?:{SURNAME}|孙(?=女士)|{RARE}){HAN}{{0,2}}?(?:某某?)?\s?{_CHINESE_TITLE}"
#: no name ends so, or has it in it: a title after these is nobody's, 三名女士, 首先生产, 大使先生
_NO_CHINESE_NAME = (
    "为给由与和跟随的是被对让请在从向将把到后前时以及或等者人护医师生长员局任例名位个些几两多老他她我你您各其"
    "这那有无没不了着过家授事使记书译席统属轻年国地身洁工堂洲服某一二三四五六七八九十首优率原预领抢早争祖最该此每体同帮说士"
)
_CHINESE_NAME = (
    rf"(?=(?:{HAN}|·){{1,8}}?\s?{_CHINESE_TITLE})"
    rf"(?:(?!{_SURNAMED})(?![{_NO_CHINESE_NAME}])(?:{HAN}|·)){{1,8}}"
)
#: 李女士, 迪亚洛先生, Diallo先生
CHINESE_CALLED = (
    rf"(?:{_SURNAMED}|{_START}(?:{_CAPITAL}\s){{0,2}}{_NAME}\s?{_CHINESE_TITLE}"
    rf"|{_CHINESE_NAME}\s?{_CHINESE_TITLE})"
)
CALLED = (
    re.compile(
        rf"{_START}(?:{_ALWAYS.replace('{no_device}', _DEVICE)}(?:{_END}[.\-]?\s?|(?=[A-Z][a-z]))"
        rf"{_INITIALS}(?:{_WITH_SMALL}|{_LITTLE}{_NO_WORK}{_NAME}|{_NO_NAME}{_NAME})"
        rf"|{_AT_TIMES}{_END}\.?\s?{_INITIALS}(?:{_WITH_SMALL}|{_NAMED})"
        rf"|{_SELDOM}{_END}\.?\s?{_NO_NAME}{_NAME}(?={_BEFELL}|{_SAID})"
        rf"|(?:Mrs?|Ms|Miss|Mme|Mlle|Madame?|Monsieur)\.?\s?{HAN}{{1,4}}){_MORE}"
    ),
    re.compile(CHINESE_CALLED),
)
_HAS_BEFALLEN = re.compile(_BEFELL)
_BESIDE = re.compile(
    rf"(?:{_START}(?:[Ww]ith|[Bb]y|[Bb]eside|[Aa]vec|[Pp]ar)\s(?:{ONE}{AND}){{0,3}}|[与和由跟随])$"
)
_TEACHES = re.compile(
    rf"\s(?:taught|teaches|trained|trains|supervised|supervises|runs|forme|enseigne|encadre|dirige"
    rf"|nous\sapprend|nous\sa\sappris|a\s(?:formé|enseigné|encadré)){_END}"
    r"|的?(?:指导|带教|带领|培训|教我们)"
)
#: the fracture of Mr Bah taught us to look twice: not he
_OF_THEM = re.compile(
    rf"(?:{_START}(?:of|on|for|to|about|losing|treating|seeing|saving|de|à|sur|chez|perdre|soigner"
    r"|opérer|voir|suivre)\s|失去|抢救|救治|治疗|护理|照顾)$",
    re.IGNORECASE,
)
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
    ones = (one for one in _all_called(text) if _HAS_BEFALLEN.match(one.after))
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
    taught = _TEACHES.match(one.after) and not _OF_THEM.search(one.before)
    if taught or _BESIDE.search(one.before):
        return not ill_after(one.before, one.after)
    told = leaves(one.after) or may_have_office(one.before, one.after)
    return told and not ill_beside(one.before, one.after)


def _of_office(one: Called) -> bool:
    return has_office(one.before, one.after)
