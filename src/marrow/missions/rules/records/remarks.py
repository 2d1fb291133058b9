"""What a record says in passing and a person must enter: deaths and honours."""

from __future__ import annotations

import re

from marrow.missions.rules.records.figures import FIGURE
from marrow.missions.rules.records.finds import Findings, own_first
from marrow.missions.rules.records.prose import ELSEWHERE, Sentence
from marrow.missions.rules.records.told import Doubt

_DIED = re.compile(
    r"\b(?:died|passed away|los(?:t|ing) (?:his|her|their) li(?:fe|ves)|(?:was|were) killed"
    r"|(?:is|are|was|were|lies?|been)\sburied|laid to rest|gave (?:his|her|their) li(?:fe|ves)"
    r"|(?:graves?|tombs?) of|enterrés?|inhumés?|mort en mission"
    r"|perished|succumbed|sacrificed (?:his|her|their)|martyr\w*|est décédée?|sont décédés"
    r"|(?:death|passing) of)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:members?|leader|captain|head|doctors?|Dr|physicians?|surgeons?|nurses?|experts?"
    r"|interpreters?|translators?|cooks?|drivers?|he|she|colleagues?|membres?|m[ée]decins?|chef)\b",
    re.IGNORECASE,
)
# "Li Wei died": a person's name.
_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+,?\s(?:\w+\s)?$")
_OTHERS = re.compile(
    r"\b(?:patients?|people|persons?|victims?|children|child|babies|baby|mothers?|infants?"
    r"|villagers?|residents?|civilians?|locals?|inhabitants|wom[ae]n|m[ae]n|cases|soldiers"
    r"|(?:malades|habitants|enfants))\b",
    re.IGNORECASE,
)
# "twelve are buried there": whoever rests among the records of teams is likely one of ours
_REST = re.compile(r"buried|rest|enterré|inhumé", re.IGNORECASE)
_COUNTED = re.compile(rf"(?:^|[,;(]|\band\b)\s*(?:{FIGURE})\s(?:of\sthem\s)?$", re.IGNORECASE)
_HONOURED = (
    re.compile(
        r"\b(?i:award\w*|conferr?\w*|bestow\w*|receiv\w*|given|g[ao]ve|present\w*|won|honou?red"
        r"|decorat\w+|granted|d[ée]cern\w+|re[cç]u\w*)\b[^.;]{0,80}?"
        r"\b(?:(?i:medals?|awards?|certificates?|prizes?|decorations?|knight\w*|commendations?"
        r"|title of|honorary \w+|honou?rs|m[ée]dailles?|distinctions?)\b"
        r"|Orders?\b|Legion\b|Légion\b|Ordre\b|Star\b|Cross\b)"
    ),
    re.compile(
        r"\b(?i:medals?|certificates?|prizes?|decorations?|title)\b[^.;]{0,40}?"
        r"\b(?i:(?:was|were|been) (?:awarded|conferred|bestowed|presented|given))\b"
    ),
    re.compile(r"\b(?i:(?:was|were|been) (?:decorated|knighted|honou?red|commended))\b"),
)
_LEARNERS = re.compile(r"\b(?:trainees?|students?|participants?|graduates?)\b", re.IGNORECASE)


def read_remarks(read: list[Sentence], found: Findings) -> None:
    """Doubt what tells of a death of one of ours, and of an honour that was given."""
    for sentence in read:
        if sentence.about == ELSEWHERE:
            continue
        for hit in _DIED.finditer(sentence.text):
            if _is_ours(sentence.text, hit):
                _ask("DEATH", sentence, hit, found)
                break
    for sentence in own_first(read):
        for shape in _HONOURED:
            honour = shape.search(sentence.text)
            if honour and not _LEARNERS.search(sentence.text[: honour.start()]):
                _ask("HONOUR", sentence, honour, found)
                break


def _is_ours(text: str, hit: re.Match[str]) -> bool:
    """True when a member died, not one of those whom the team treats."""
    lead, tail = text[max(0, hit.start() - 120) : hit.start()], text[hit.end() : hit.end() + 60]
    of_whom = tail if hit.group().lower().endswith("of") else lead
    if _OTHERS.search(of_whom[-40:] if of_whom is lead else of_whom[:40]):
        return False
    counted = _COUNTED.search(lead) and _REST.search(hit.group())
    return bool(_OURS.search(of_whom) or _NAME.search(lead) or counted)


def _ask(code: str, sentence: Sentence, hit: re.Match[str], found: Findings) -> None:
    if not any(doubt.code == code for doubt in found.doubts):
        words = sentence.quote(*hit.span())
        found.doubt(Doubt(code, quotes=(("description", words),)))
