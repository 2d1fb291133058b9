"""What looks like a patient's name, telephone number or identity number, and so is not kept.

Shapes only: it stops a slip of the hand, not somebody who means to write a name. The phone's own
(`field/src/see/privacy.ts`) are held to the same table of cases, `privacy.cases.json` beside it.
"""

from __future__ import annotations

import re
import unicodedata

PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)", re.ASCII)
DAY = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d)(?!\d)",
    re.ASCII,
)
IDENTITY = re.compile(r"(?<!\w)(?:\d{15}|\d{17}[\dXx]|[A-Z]{1,2}[ -]?\d{6,9})(?!\w)", re.ASCII)
_START = r"(?<![A-Za-zÀ-ÿ])"  # Chinese may stand right before it
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Madame|Monsieur|M)\b\.?"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\-]+"
_SHOUTED = r"[A-ZÀ-ÖØ-Þ]{3,}"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁"
)
NAMES = (
    re.compile(rf"{_START}{_TITLE}\s+{_CAPITAL}"),
    re.compile(rf"{_START}{_CAPITAL}\s+{_CAPITAL}"),
    re.compile(rf"{_START}(?:{_CAPITAL}\s+{_SHOUTED}|{_SHOUTED}\s+{_CAPITAL})\b"),
    re.compile(r"(?:姓名|名字|名叫)\s*[:：]?\s*[\u4e00-\u9fff]{2,4}"),
    re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:某某?|先生|女士|小姐|大爷|阿姨)"),
    re.compile(rf"(?:患者|病人|患儿)[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[,，、。;；\s(（]|$)"),
    re.compile(rf"{_START}(?:[Nn]ame|[Ss]urname|[Nn]om|[Pp]rénom)\s*:\s*\S+"),
)
PATIENT = re.compile(rf"\b(?:[Pp]atiente?|[Mm]alade)\s+{_CAPITAL}")


def number_in(text: str) -> str:
    """The part that looks like a telephone or identity number; '' where there is none. Days may be
    written: 2026-11-21."""
    bare = DAY.sub(" ", unicodedata.normalize("NFKC", text))
    found = IDENTITY.search(bare) or PHONE.search(bare)
    return found.group(0).strip() if found else ""


def patient_in(text: str) -> str:
    """The part that names a patient as one; '' where there is none."""
    found = PATIENT.search(text) or NAMES[5].search(text)
    return found.group(0).strip() if found else ""


def name_in(text: str) -> str:
    """The part that looks like a person's name; '' where there is none."""
    for shape in NAMES:
        if found := shape.search(text):
            return found.group(0).strip()
    return patient_in(text)
