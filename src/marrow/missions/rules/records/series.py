"""The number of a batch, and since when its series runs, stopped and ran again."""

from __future__ import annotations

import re

from marrow.missions.rules.records.countries import countries_in, is_called
from marrow.missions.rules.records.dates import dates_in
from marrow.missions.rules.records.figures import ORDINAL
from marrow.missions.rules.records.finds import Findings, told, within
from marrow.missions.rules.records.naming import Named, named_teams, of_teams
from marrow.missions.rules.records.prose import (
    ELSEWHERE,
    LONGEST_QUOTE,
    SERIES,
    Sentence,
    blanked,
    sentences,
    tells_of_teams,
)
from marrow.missions.rules.records.provinces import PROVINCE
from marrow.missions.rules.records.told import Doubt, Told

LARGEST_ORDINAL = 80  # the longest series began in 1963


def own_number(title: str, description: str) -> int | None:
    """The batch's number: the title's, else the only one that the prose names."""
    by_title = {team.number for team in named_teams(blanked(title)) if not team.of_sender}
    if by_title:
        plain = [t.number for t in named_teams(blanked(title)) if not t.of_sender]
        return plain[0] if plain[0] <= LARGEST_ORDINAL else None
    by_prose = [
        team.number
        for one in sentences(description, None)
        if one.about != ELSEWHERE
        for team in named_teams(one.text)
        if not team.of_sender and team.number <= LARGEST_ORDINAL
    ]
    return by_prose[0] if by_prose and len(set(by_prose)) == 1 else None


def read_ordinal(title: str, own: int | None, read: list[Sentence], found: Findings) -> None:
    """Tell the number, the sender's own number beside it, and what speaks against it."""
    titled = [
        team
        for team in named_teams(blanked(title))
        if not team.of_sender and team.number <= LARGEST_ORDINAL
    ]
    for team in titled:
        new = Told("ordinal", str(team.number), title[team.start : team.end], "title")
        if found.first("ordinal") and tells_of_many(title):
            found.doubt(within(new))  # a row of two teams: which more it tells of
        else:
            found.tell(new)
    prose = [
        (one, team)
        for one in read
        if one.about != ELSEWHERE
        for team in named_teams(one.text)
        if team.number <= LARGEST_ORDINAL
    ]
    if not titled:
        for sentence, team in prose:
            if team.number == own and not team.of_sender:
                found.tell(told(sentence, "ordinal", str(own), (team.start, team.end)))
    _of_sender(title, own, prose, found)
    _against(own, read, found)


def tells_of_many(title: str) -> bool:
    """ "15th and 16th medical teams": one row of several teams."""
    return (
        re.search(r"\b(?:teams|batches|groups|missions|brigades|équipes)\b", title, re.I)
        is not None
    )


def _of_sender(
    title: str, own: int | None, prose: list[tuple[Sentence, Named]], found: Findings
) -> None:
    """The sender's own number: told where both numbers stand together, else a doubt."""
    spoken = [
        (team, Told("sender_ordinal", str(team.number), _quoted(title, team), "title"))
        for team in named_teams(blanked(title))
    ]
    spoken += [
        (team, told(one, "sender_ordinal", str(team.number), (team.start, team.end)))
        for one, team in prose
    ]
    for team, new in spoken:
        if not team.by_province or team.number == own:
            continue
        if team.beside is not None and team.beside == own:
            found.tell(new)
        elif found.first("sender_ordinal") is None:
            _unclear(new, found.first("ordinal"), found)
    of_province = [new for team, new in spoken if team.by_province and team.number == own]
    if of_province and len(of_province) == len(spoken):
        owned = next((new for new in of_province if _OWNED.search(new.quote)), None)
        if owned:
            _unclear(owned, None, found)


# "Shanghai's 18th team", and no other number anywhere: whose count it is, the words leave open.
_OWNED = re.compile(rf"{PROVINCE}['’]s?\s+{ORDINAL}")


def _quoted(title: str, team: Named) -> str:
    """The number in the title, with the province whose it is."""
    owned = next((o for o in _OWNED.finditer(title) if o.end() == team.end), None)
    return title[owned.start() if owned else team.start : team.end]


def _unclear(new: Told, counted: Told | None, found: Findings) -> None:
    found.doubt(
        Doubt(
            "ORDINAL_OF_SENDER",
            "ordinal",
            (("all", counted.value if counted else "?"), ("sender", new.value)),
            quotes=((new.column, new.quote),),
        )
    )


def _against(own: int | None, read: list[Sentence], found: Findings) -> None:
    """The prose tells of one other number and never of the title's: a slip in one of them."""
    counted = found.first("ordinal")
    mine = [
        (one, team)
        for one in read
        if one.about != SERIES and (numbers := of_teams(one.text, own))
        for team in named_teams(one.text)
        if team.number in numbers
    ]
    spoken = {team.number for _, team in mine}
    if counted and own and counted.column == "title" and spoken and own not in spoken:
        sentence, team = mine[0]
        quote = sentence.quote(team.start, team.end)[:LONGEST_QUOTE]
        found.contradict(counted, Told("ordinal", str(team.number), quote, "description"))


_SINCE = re.compile(
    r"\b[Ss]ince\s(?:\w+\s)?(?=(?:19|20)\d\d)|\b[Ss]ince\s(?=[A-Z])"
    r"|\b(?:began|started|commenced)\b[^.;]{0,60}?\bin\s"
    r"|\b[Dd]epuis\s(?:\w+\s)?(?=(?:19|20)\d\d)"
    r"|\bfirst\s(?:Chinese\s)?(?:medical\s)?(?:aid\s)?team\b[^.;]{0,60}?\bin\s"
    r"|\bIn\s(?=[^.;]{0,30}\b(?:began|started)\s(?:to\ssend|sending))",
)
_STOPPED = re.compile(
    r"\b(?:with?dr[ae]wn?|withdrew|suspended|interrupted|stopped|broken off|discontinued|ceased"
    r"|evacuated|withdrew in)\b[^.;]{0,60}?\b(?:in\s?|from\s)(?=\w*\s?(?:19|20)\d\d|[A-Z])"
)
_RESUMED = re.compile(
    r"\b(?:resum(?:ed|ption)|restarted|reinstated|restored)\b[^.;]{0,60}?\b(?:in|on|since)\s"
)
_TEAMS = re.compile(
    r"\b(?:teams?|medical|doctors|brigades|it|program\w*|[ée]quipes?)\b", re.IGNORECASE
)
# "China's 16th medical team to Alba since 1975": one team, but counted from the first.
_COUNTED_SINCE = re.compile(
    rf"{ORDINAL}[^.;]{{0,80}}\bsince\b|\bsen(?:t|ding)\b[^.;]{{0,80}}\bsince\b"
)
_TWO_RUNS = re.compile(
    r"\bfrom\s(?:\w+\s)?(?:19|20)\d\d\s(?:to|until|till)\s(?:\w+\s)?(?:19|20)\d\d,?\s(?:and|then)\s"
    r"(?:again\s|then\s)?(?:since|from)\s(?:\w+\s)?(?:19|20)\d\d\b(?!\s(?:to|until|till)\b)"
)
# "with an interruption from 1996 to 2007"
_PAUSE = re.compile(
    r"\b(?:interrupt\w+|suspen\w+|break|hiatus|pause|gap|absence|stopp\w+)\b[^.;]{0,30}?"
    r"\b(?:from|between|de|entre|in)\s(?:\w+\s)?(?:19|20)\d\d\s(?:to|and|until|till|à|et)\s(?:\w+\s)?"
    r"(?:19|20)\d\d\b"
)
_RUNS = ("series_since", "series_stopped", "series_resumed")
_NEAR = 22  # characters between a word and the date that belongs to it


def read_series(recipient: str, read: list[Sentence], found: Findings) -> None:
    """Tell since when the series runs, when it stopped and when it ran again."""
    for sentence in read:
        if not _TEAMS.search(sentence.text) or _in_two_runs(sentence, found):
            continue
        _paused(sentence, found)
        for name, shape in (
            ("series_since", _SINCE),
            ("series_stopped", _STOPPED),
            ("series_resumed", _RESUMED),
        ):
            _dated(sentence, (name, recipient), shape, found)


def _paused(sentence: Sentence, found: Findings) -> None:
    hit = _PAUSE.search(sentence.text)
    dated = [one for one in dates_in(sentence.text) if hit and hit.start() <= one.start < hit.end()]
    if hit and len(dated) == len(_RUNS[1:]) and all(one.value for one in dated):
        for name, one in zip(_RUNS[1:], dated, strict=True):
            found.tell(told(sentence, name, one.value, hit.span()))


def _in_two_runs(sentence: Sentence, found: Findings) -> bool:
    """ "from 1975 to 1996 and since 2007": the series began, stopped and ran again."""
    hit = _TWO_RUNS.search(sentence.text)
    dated = [one for one in dates_in(sentence.text) if hit and hit.start() <= one.start < hit.end()]
    if not hit or len(dated) != len(_RUNS) or not all(one.value for one in dated):
        return False
    for name, one in zip(_RUNS, dated, strict=True):
        found.tell(told(sentence, name, one.value, hit.span()))
    return True


def _is_abroad(sentence: Sentence, recipient: str, end: int, hit: re.Match[str]) -> bool:
    """ "withdrawn from Chad in 2008" where the record is of another country."""
    text = sentence.text
    low = max(text.rfind(mark, 0, hit.start()) for mark in ",;:") + 1
    named = countries_in(text[hit.start() : end]) or countries_in(text[low : hit.start()])
    return bool(recipient and named) and not any(is_called(recipient, one) for one in named)


def _dated(
    sentence: Sentence, sought: tuple[str, str], shape: re.Pattern[str], found: Findings
) -> None:
    name, recipient = sought
    for hit in shape.finditer(sentence.text):
        near = [
            one
            for one in dates_in(sentence.text)
            if one.value and 0 <= one.start - hit.end() + 12 <= _NEAR
        ]
        if not near or _is_of_team(sentence, name, hit) or _of_states(sentence.text, hit):
            continue
        if name != "series_since" and _is_abroad(sentence, recipient, near[0].end, hit):
            continue
        new = told(sentence, name, near[0].value, (hit.start(), max(near[0].end, hit.end())))
        if _LEFT_OPEN.match(hit.group()):
            found.unsure(new)
            continue
        known = found.first(name)
        if known is None or not (known.value.startswith(new.value) or _said_before(known, new)):
            found.tell(new)


# "the first team left in March 2013": from home or for home, the words leave open
_LEFT_OPEN = re.compile(r"first\b.*\bleft\s(?:\w+\s)?in\s$", re.IGNORECASE)


def _of_states(text: str, hit: re.Match[str]) -> bool:
    """ "after relations were resumed in 2005": what was resumed is no series."""
    lead = text[max(0, hit.start() - 40) : hit.end()]
    return re.search(r"\b(?:relations|ties)\b(?![^.;]*\bteams?\b)", lead, re.I) is not None


def _said_before(known: Told, new: Told) -> bool:
    return new.value.startswith(known.value)


# "the first team returned in March 2013"
_WENT_HOME = re.compile(
    r"\b(?:return\w*|withdr\w*|went\s(?:back|home)|complet\w*|end(?:ed|s)|replaced"
    r"|finished|concluded)\b",
    re.IGNORECASE,
)


def _is_of_team(sentence: Sentence, name: str, hit: re.Match[str]) -> bool:
    """ "began working in 2009" tells of one team, not of the series."""
    words = hit.group()
    if name != "series_since":
        one_team = named_teams(sentence.text) and not tells_of_teams(sentence.text)
        mine = bool(one_team) and name == "series_stopped"
        return mine or bool(re.search(r"\bhospital\b|\boutbreak\b", words))
    if re.match(r"first", words, re.I):
        return _WENT_HOME.search(words) is not None
    if words.lower().startswith(("since", "depuis")):
        of_series = sentence.about == SERIES or tells_of_teams(sentence.text)
        return not (of_series or _COUNTED_SINCE.search(sentence.text))
    return sentence.about != SERIES
