"""Who sends: a province, the armed forces, and the hospitals that give their people."""

from __future__ import annotations

import re
from dataclasses import replace

from marrow.missions.rules.records.dates import dates_in
from marrow.missions.rules.records.finds import Findings, told
from marrow.missions.rules.records.kinds import APART, is_armed, island_of
from marrow.missions.rules.records.prose import LONGEST_QUOTE, OWN, SERIES, Sentence
from marrow.missions.rules.records.provinces import (
    CITY,
    PROVINCE,
    begins_in_china,
    city_code,
    province_code,
)
from marrow.missions.rules.records.told import Doubt, Told

WITH = "sender_with"  # who sends together with the sender
_ONE = rf"(?P<p>{PROVINCE})"
_GIVES = (
    (
        r"(?:\bfrom|\bsent by|\bdispatched by|\bprovided by|\bacross|\bby|\b[Gg]overnment of"
        r"|\b(?:hospitals|institutions|organi[sz]ations|doctors|experts)\s(?:in|of|within))\s"
        rf"(?:China['’]?s?\s|the\s)?{_ONE}"
    ),
    (
        rf"{_ONE}(?:['’]s?)?(?:,\sChina,?)?\)?\s(?:\w+\s){{0,3}}?(?:sen[dt]s?|sending|dispatch\w*"
        rf"|responsible|in\scharge|provid\w+|took\sover|"
        r"(?:\d+\w*\s)?(?:medical|doctors|team))"
    ),
    rf"(?P<p>{PROVINCE})\s(?:is|was|has\sbeen)\sresponsible\sfor\s(?:sending|the\steams?)",
    rf"\b(?:changed|switched|transferred|passed|handed over)\s(?:\w+\s){{0,2}}?to\s{_ONE}",
    rf"\(\s*{_ONE}\s*(?:\)|,\s\d)",
    # envoyée par la province du Ningxia, originaires de Ningxia
    (
        r"\b(?:envoy[ée]e?s?\spar|provenant|venue?s?|originaires?|issue?s?|par|province|municipalité)\s"
        rf"(?:la\s|le\s|de\s|du\s|d['’])*(?:(?:province|municipalité|ville|région\sautonome)\s(?:chinoise\s)?(?:du\s|de\s(?:la\s)?|d['’]))?{_ONE}"
    ),
)
_GIVING = tuple(re.compile(words) for words in _GIVES)
# "Henan Province and Hunan Province", "Henan and Hunan provinces", "Henan as well as from Hunan"
_JOINED = re.compile(
    rf"(?<![\w-]){PROVINCE}"
    rf"(?:\s*(?:,|,?\s(?:and|et|with|as well as))\s(?:[a-z]+\s){{0,2}}?{PROVINCE})+"
)
_EACH = re.compile(rf"(?<![\w-]){PROVINCE}")
_FORMER = re.compile(r"\b(?:originally|initially|formerly|previously|at first|was first|until)\b")
# "took over from Hunan", "in place of Hunan", "(Hunan sent the earlier ones)": who sends no more
_RELIEVED = re.compile(
    r"\b(?:(?:took|taken|taking|takes?) over|takes? the relay|inherited) from\s(?:the\s)?$"
    r"|\b(?:replac\w+|succeed\w+|reliev\w+|instead of|in place of)\s(?:the\s)?$"
)
_THE_EARLIER = re.compile(
    r"\s(?:\w+\s)?(?:sen[dt]s?|sending|dispatch\w*|provid\w+)\s(?:(?:all|most|some|of|the)\s)*"
    r"(?:earlier|previous|preceding|former|first|others?|rest)\b"
)
_CHANGED = re.compile(rf"\b(?:changed|switched|transferred|passed)\b[^.;]{{0,40}}?\bto\s{_ONE}")
_CITY = re.compile(rf"\b(?:left|from|departed)\s(?P<p>{CITY})")
_UNIT = re.compile(
    r"\b(?:from|sent by|selected from|chosen from|dispatched by|drawn from)\s(?:the\s)?"
    r"(?P<u>(?:[A-Z][\w’'.-]+\s|of\s|No\.\s?\d+\s|and\s(?=[A-Z])){1,8}?(?:Hospital|University"
    r"|College)"
    r"(?:\sof\s(?:[A-Z][\w’'-]+\s?){1,5})?)"
)


def read_sender(row: tuple[str, str], read: list[Sentence], found: Findings) -> None:
    """Tell the sender; (title, implementing agency) help where the prose is silent."""
    title, agency = row
    if is_armed(title, read):
        _armed(title, read, found)
        return
    told_by = _by_prose(read, island_of(title, read)) or _by_title(title) or _by_agency(agency)
    if told_by:
        _tell(told_by, found)
        if told_by[0].field != WITH and not _changes(read):
            _of_the_series(read, island_of(title, read), replace(told_by[0], field="sender"), found)
    else:
        _guess(read, found)
    _units(read, found)


def _tell(told_by: list[Told], found: Findings) -> None:
    """The first is the sender; who sends with it is told beside it, any other contradicts it."""
    first = replace(told_by[0], field="sender")
    found.tell(first)
    for other in told_by[1:]:
        if other.value == first.value:
            continue
        if other.field == told_by[0].field == WITH:
            _jointly(first, other, found)
        else:
            found.contradict(first, replace(other, field="sender"))


def _jointly(first: Told, other: Told, found: Findings) -> None:
    """No value in the place of the first: both are true."""
    found.tell(other, many=True)
    found.doubt(
        Doubt(
            "JOINT_SENDERS",
            "sender",
            (("first", first.value), ("other", other.value)),
            quotes=((other.column, other.quote),),
        )
    )


def _armed(title: str, read: list[Sentence], found: Findings) -> None:
    words = re.compile(
        r"(?:military medical|PLA\b|People['’]s Liberation Army|military|army)", re.I
    )
    hit = words.search(title)
    if hit:
        found.tell(Told("sender", "PLA", hit.group(), "title"))
        return
    for sentence in read:
        spoken = words.search(sentence.text) if sentence.about == OWN else None
        if spoken:
            found.tell(told(sentence, "sender", "PLA", spoken.span()))
            return


def _by_prose(read: list[Sentence], island: str) -> list[Told]:
    changes = _changes(read)
    for about in (OWN, SERIES):
        spoken = [one for s in read if s.about == about for one in _of_sentence(s, island)]
        if changes:
            return changes[:1]
        if spoken:
            first: dict[str, Told] = {}
            for one in spoken:
                if one.field == WITH or one.value not in first:
                    first[one.value] = one
            return list(first.values())
    return []


def _of_the_series(read: list[Sentence], island: str, first: Told, found: Findings) -> None:
    """Another province is said to send the teams: which of the two sent this one, a person says."""
    for sentence in read:
        for other in _of_sentence(sentence, island) if sentence.about == SERIES else ():
            if other.value != first.value and other.field != WITH:
                found.contradict(first, replace(other, field="sender"))
                return


def _changes(read: list[Sentence]) -> list[Told]:
    """Where the sending province changed, the later one sends (teams before 1990 are not told)."""
    return [
        told(sentence, "sender", province_code(hit["p"]), hit.span())
        for sentence in read
        for hit in _CHANGED.finditer(sentence.text)
    ]


def _to_an_island(text: str, hit: re.Match[str], island: str) -> bool:
    """ "Henan sends to the mainland and Hunan sends to the island": who sends where else."""
    tail = re.split(r"[.;,]|\sand\s|\swhile\s", text[hit.start("p") :])[0]
    named = APART.search(tail)
    if named:
        return named.group(1) != island
    return bool(island) and "mainland" in tail.lower()


def _of_sentence(sentence: Sentence, island: str) -> list[Told]:
    hits = []
    for shape in _GIVING:
        for hit in shape.finditer(sentence.text):
            lead = sentence.text[max(0, hit.start() - 60) : hit.start()]
            tail = sentence.text[hit.end() : hit.end() + 40]
            if _to_an_island(sentence.text, hit, island):
                continue
            if (
                _FORMER.search(f"{lead} {hit.group()} {tail}")
                or _sends_no_more(sentence, hit)
                or _names_a_thing(sentence.text, hit.span("p"))
            ):
                continue
            hits += _together(sentence, hit) or [
                told(sentence, "sender", province_code(hit["p"]), hit.span())
            ]
    return hits


def _sends_no_more(sentence: Sentence, hit: re.Match[str]) -> bool:
    """The province is the one that another follows, or it sent other teams than this."""
    return bool(
        _RELIEVED.search(sentence.whole[sentence.start : sentence.start + hit.start("p")])
        or _THE_EARLIER.match(sentence.whole, sentence.start + hit.end("p"))
    )


def _together(sentence: Sentence, hit: re.Match[str]) -> list[Told]:
    """Several provinces in one breath: each sends with the others."""
    for joined in _JOINED.finditer(sentence.text):
        if joined.start() <= hit.start("p") < joined.end():
            span = (min(joined.start(), hit.start()), max(joined.end(), hit.end()))
            return [
                told(sentence, WITH, province_code(one.group()), span)
                for one in _EACH.finditer(joined.group())
                if not _names_a_thing(
                    sentence.text, (joined.start() + one.start(), joined.start() + one.end())
                )
            ]
    return []


def _names_a_thing(text: str, at: tuple[int, int]) -> bool:
    """ "in Hainan Airport", "Tirunesh Beijing Hospital": the province only names something."""
    lead, tail = text[: at[0]], text[at[1] :]
    if re.match(
        r"\s(?:[Aa]ir\w+|Daily|News\w*|Evening|Morning|Post|Times|TV|Television|Radio|Construction|Group|Company|Corporation)\b",
        tail,
    ):
        return True
    named = re.search(
        r"(?<![.!?] )\b(?!(?:The|China|Chinese|From|By|In)\b)[A-Z][\w’'-]*[\s-]$", lead
    )
    return named is not None and bool(re.match(r"\s(?:\w+\s){0,3}?(?:Hospital|Clinic)\b", tail))


def _by_title(title: str) -> list[Told]:
    hits = [
        Told("sender", province_code(hit.group()), hit.group(), "title")
        for hit in re.finditer(rf"(?<![\w-]){PROVINCE}", title)
        if not _names_a_thing(title, hit.span())
    ]
    return hits[:1]


def _by_agency(agency: str) -> list[Told]:
    hits = {province_code(hit.group()): hit for hit in re.finditer(rf"\b{PROVINCE}", agency)}
    if len(hits) != 1:
        return []
    code, hit = next(iter(hits.items()))
    return [Told("sender", code, hit.group()[:LONGEST_QUOTE], "implementing_agency")]


def _guess(read: list[Sentence], found: Findings) -> None:
    """Only a city is told: propose its province."""
    for sentence in read:
        hit = _CITY.search(sentence.text) if sentence.about == OWN else None
        if hit and city_code(hit["p"]):
            found.unsure(told(sentence, "sender", city_code(hit["p"]), hit.span()))
            return


def _units(read: list[Sentence], found: Findings) -> None:
    for sentence in read:
        for hit in _UNIT.finditer(sentence.text):
            if sentence.about == OWN and begins_in_china(hit["u"]) and not dates_in(hit["u"]):
                found.tell(
                    told(sentence, "sender_unit", hit["u"].strip(), hit.span("u")), many=True
                )
