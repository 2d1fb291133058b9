"""Names in three tongues: shown in the reader's language, with the original where it lacks one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from django.utils.translation import get_language, gettext_noop, override
from pypinyin import lazy_pinyin

TONGUES = ("en", "zh", "fr")
COLONS = {"en": ": ", "zh": "：", "fr": "\u00a0: "}
# The word by which Django ends a form's label; its own Chinese one is a Latin colon.
LABEL_END = gettext_noop(":")
Names = dict[str, str]


def tongue() -> str:
    """The reader's language as one of en, zh, fr."""
    here = (get_language() or "en")[:2]
    return here if here in TONGUES else "en"


def colon() -> str:
    """What stands between a name and what is said of it; French sets a space before it."""
    return COLONS[tongue()]


def listing() -> str:
    """What stands between the names of a list; Chinese has a sign of its own for that."""
    return "、" if tongue() == "zh" else ", "


def semicolon() -> str:
    """What stands between things that are lists themselves; French sets a space before it."""
    return {"zh": "；", "fr": "\u00a0; "}.get(tongue(), "; ")


def comma() -> str:
    """What stands between the parts of a sentence."""
    return "，" if tongue() == "zh" else ", "


def gap() -> str:
    """What stands between two sentences; Chinese has nothing there."""
    return "" if tongue() == "zh" else " "


def in_all_tongues(text: object) -> Names:
    """A lazy text in every tongue: what goes where no page asks for one."""
    found = {}
    for code, locale in (("en", "en"), ("zh", "zh-hans"), ("fr", "fr")):
        with override(locale):
            found[code] = str(text)
    return found


def in_tongue(names: Mapping[str, str], language: str | None = None) -> str:
    """The name in the reader's language, else the first that there is; '' when there is none."""
    for code in (language or tongue(), *TONGUES):
        if names.get(code):
            return names[code]
    return ""


def in_order(text: str) -> str:
    """What words are sorted by: neither capitals nor accents put one before others; Chinese is by
    its pinyin."""
    plain = unicodedata.normalize("NFKD", " ".join(lazy_pinyin(text.casefold())))
    return "".join(c for c in plain if not unicodedata.combining(c))


def original(names: Mapping[str, str]) -> str:
    """Another spelling to set beside the shown one: Chinese where there is one, else English."""
    shown = in_tongue(names)
    for code in ("zh", "en", "fr"):
        if names.get(code) and names[code] != shown:
            return names[code]
    return ""


def names(en: str = "", zh: str = "", fr: str = "") -> Names:
    """A name with only the tongues that are known."""
    return {code: text for code, text in (("en", en), ("zh", zh), ("fr", fr)) if text}
