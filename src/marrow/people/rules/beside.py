"""Whether who is called by a title has an office told right beside: the only nurse, Mrs Barry. Such
a one is no patient.

The phone's own: `field/src/see/beside.ts`.
"""

from __future__ import annotations

import re

from marrow.people.rules.leaving import AND, LEAVES, ONE
from marrow.people.rules.offices import (
    BODIES,
    CHINESE_OFFICES,
    KINDS,
    OFFICES,
    PLACES,
    SPECIALISTS,
)
from marrow.people.rules.surnames import HAN

_START, _END = r"(?<![A-Za-zÀ-ÿ])", r"(?![A-Za-zÀ-ÿ])"
_KIND = rf"(?:(?:{'|'.join(KINDS)})\s){{0,3}}"
_ARTICLE = r"(?:(?:the|an?|our|its|their|la|le|les|nos|notre|une?|son|sa|leur)\s|l['’]\s?)"
_WORK = rf"(?:clinical\sofficer|{'|'.join(OFFICES)}|[a-zà-ÿ\-]{{1,20}}(?:{'|'.join(SPECIALISTS)}))"
_OFFICE = rf"{_KIND}{_WORK}s?{_END}"
_OFFICES = rf"{_KIND}(?:{_WORK}s|midwives|sages-femmes){_END}"
_HEAD = (
    r"(?:head|chief|in\scharge|chef|cheffe|major|responsable)\s"
    r"(?:of\s(?:the\s|our\s)?|du\s|des\s|d['’]\s?|de\s(?:la\s|l['’]\s?|notre\s)?)"
    rf"(?:(?!famil|household|injur)[a-zà-ÿ\-]{{2,20}}\s){{0,2}}(?:{'|'.join(PLACES)}){_END}"
)
_CHINESE_OFFICE = f"(?:{'|'.join(CHINESE_OFFICES)})"
_CHINESE_BODY = "(?:局|委员会|卫健委|使馆|公司|厂家|大学)"
#: before a Chinese office these say what was done to somebody: 由医生抢救
_DONE = "(?:[由被为请找向给和与跟无没缺对在未死住转]|(?<!神)经|术后|病(?!房))"
#: a nurse whose age is told is ill
_AGELESS = r"(?!\s?[,，(（]\s?\d)"
_KIN = "(?:wife|husband|spouse|widow|mother|father|daughter|brother|sister|aunt|uncle|cousin)"
_KIN_OF = r"(?:sons?|child|children|bab(?:y|ies)|friends?|relatives?|patients?|famil(?:y|ies)|kin)"
#: and so is one who bled or was operated, while who died may have been a colleague
_UNWELL = (
    r"\s?[,，)）]?\s?(?:bled|relapsed|(?:was|is|has\sbeen)\s(?:operated|treated|dialysed|delivered)"
    r"|a\s(?:saigné|accouché)|(?:est|fut|a\sété)\s(?:opérée?|hospitalisée?|dialysée?|soignée?)"
    rf"|(?:术后|产后|昨夜|大|因{HAN}{{1,6}}?){{0,2}}(?:出血|分娩|住院))(?![A-Za-zÀ-ÿ])"
)
#: a nurse's husband is no nurse
_ITSELF = (
    rf"{_AGELESS}(?!{_UNWELL})(?!['’]|[^,，;；.()（）]{{0,40}}"
    rf"(?:{_START}{_KIN}{_END}|['’]s?\s(?:[A-Za-zÀ-ÿ\-]{{1,40}}\s)?{_KIN_OF}{_END}))"
)
_CHINESE_KIN = (
    "(?:母|父|妈|爸|儿子|女儿|妻|丈夫|爱人|太太|夫人|老婆|老公|家属|家人|哥|弟|姐|妹|孩子|亲|奶奶|爷爷|外婆|外公"
    "|岳|婆|嫂|侄|之子|之女|朋友|病人|患者)"
)
_CHINESE_ITSELF = rf"{_AGELESS}(?!{_UNWELL})(?!{HAN}{{0,6}}?(?:的|{_CHINESE_KIN}))"
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
_BLED = re.compile(_UNWELL, re.IGNORECASE)
_CLOSED = re.compile(r"\s?[,，)）](?!\s?\d)")
#: the two nurses, Mrs Barry and Mrs Bah; Mrs Barry and Mr Sow, nurses; technician: Mr Sow
_TOLD_BEFORE = re.compile(
    rf"(?:{_START}(?:{_OFFICES}\s?[,，:：(（]?\s?(?:{ONE}{AND}){{0,3}}|{_OFFICE}\s?[:：]\s?)"
    rf"|{_CHINESE_OFFICE}\s?[:：]\s?)$",
    re.IGNORECASE,
)
_TOLD_AFTER = re.compile(
    rf"(?:{AND}{ONE}){{1,3}}\s?[,，(（]\s?{_ARTICLE}?{_OFFICES}{_ITSELF}", re.IGNORECASE
)


def has_office(before: str, after: str) -> bool:
    """Whether right beside who is called between the two parts stands what their office is."""
    if _BLED.match(after):
        return False
    apposed = _APPOSED.search(before) and _CLOSED.match(after)
    return bool(apposed or _BEFORE.search(before) or _AFTER.match(after))


def may_have_office(before: str, after: str) -> bool:
    """Whether an office stands there that is of several, or before a colon: what a nurse tells may
    begin so too."""
    return bool(_TOLD_BEFORE.search(before) or _TOLD_AFTER.match(after))
