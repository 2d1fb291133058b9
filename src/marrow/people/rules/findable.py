"""Numbers by which a person may be found, in words about care that strangers read: a telephone, an
identity card, a hospital's file. Figures may stand there: visits, years, codes of illnesses.

Shapes only: it stops a slip of the hand. A number alone that is shorter than a telephone's tells
nobody; beside the word for a file it does.
"""

from __future__ import annotations

import re
import unicodedata

from marrow.people.rules.blanks import one_blank
from marrow.people.rules.privacy import number_in

_COUNTED = (
    r"(?:inhabitants?|habitants?|people|persons?|personnes?|patients|malades|visits?|visites?"
    r"|consultations?|cases|cas|operations?|opérations?|interventions?|deliver(?:y|ies)"
    r"|accouchements?|births?|naissances?|children|enfants?|women|femmes?|hommes?|doses?"
    r"|admissions?|examinations?|examens?|tests?|km|kilomet(?:re|er)s?|kilomètres?"
    r"|人|例|台|次|名|位|张|件|居民|患者|公里|家|个|项)"
)
_WHOLE = r"(?:[1-9]\d{0,2}(?:[ .]\d{3}){1,3}|[1-9]\d{0,8})"
_TO = r"\s?[-–—~至到]\s?"
_MONTH = r"(?:19|20)\d\d(?:[-./](?:0?[1-9]|1[0-2])(?!\d))?"
#: what is counted, spans of years and months, days in figures alone, codes, numbers of standards
FIGURES = (
    re.compile(
        rf"(?<![\w.+])(?:{_WHOLE}{_TO})?{_WHOLE}(?=\s?(?:d['’]|de\s|of\s|余|多)?{_COUNTED})",
        re.ASCII | re.IGNORECASE,
    ),
    re.compile(rf"(?<![\d+])(?<!\d[-/.]){_MONTH}(?:\s?[-–—/~至到]\s?{_MONTH})+(?!\d)", re.ASCII),
    re.compile(r"(?<![\w+])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII),
    re.compile(
        r"(?<![\w.])\d\d\.\d{1,4}(?:x\d{3})?(?:\s?[/\-–]\s?\d\d\.\d{1,4}(?:x\d{3})?)+(?![\w.])",
        re.ASCII,
    ),
    re.compile(
        r"\b(?:GB|YY|WS|ISO|IEC)(?:/[TZ])?\s?\d{3,6}(?:\.\d{1,2})?[-:](?:19|20)\d\d(?!\d)", re.ASCII
    ),
)
_NO = r"(?:n[°o]\.?|nr\.?|numéro|number)"
#: a number that its own words call one: dossier 4451, 住院号 20451, tel. 123 45 67
CALLED = (
    re.compile(
        rf"\b(?:dossier|file|chart|MRN|IPP)\s?(?:{_NO}\s?)?:?\s?"
        r"(?!(?:19|20)\d\d(?!\d|[-/]\d))[A-Z]{0,3}[-/]?\d{3,}",
        re.ASCII | re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:{_NO}\s(?:de\s|du\s)?(?:dossier|patient)|patient\s(?:{_NO}|ID))\s?:?\s?"
        r"[A-Z]{0,3}[-/]?\d{3,}",
        re.ASCII | re.IGNORECASE,
    ),
    re.compile(rf"\bID(?:\s{_NO})?\s?:?\s?\d{{3,}}", re.ASCII),
    re.compile(
        r"(?:住院|病历|病案|门诊|就诊|挂号|登记|档案|身份证|证件)(?:号码?|编号)\s?[是为:]?\s?"
        r"[A-Za-z]{0,3}-?\d{2,}"
    ),
    re.compile(
        r"(?:\b(?:tel|tél|téléphone|telephone|phone|mobile|whatsapp)\b|电话|手机|微信)\.?"
        rf"\s?(?:{_NO}|号码?)?\s?:?\s?\+?\d(?:[\s().\-/]{{0,2}}\d){{5,}}",
        re.ASCII | re.IGNORECASE,
    ),
)


def findable_in(text: str) -> str:
    """The part that is a number by which somebody may be found; '' where there is none."""
    bare = one_blank(unicodedata.normalize("NFKC", text))
    for shape in FIGURES:
        bare = shape.sub("#", bare)
    called = next(filter(None, (shape.search(bare) for shape in CALLED)), None)
    return number_in(bare) or (called.group(0).strip() if called else "")
