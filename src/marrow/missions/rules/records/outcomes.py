"""What a team did, in figures: its own, or of the whole series, never mixed."""

from __future__ import annotations

import re
from dataclasses import replace

from marrow.missions.rules.records.dates import dates_in
from marrow.missions.rules.records.figures import (
    FIGURE,
    ORDINAL,
    SOFTENER,
    SPAN,
    bounds,
    counted,
    softness,
)
from marrow.missions.rules.records.finds import Findings, softened, spanned, told, within
from marrow.missions.rules.records.prose import (
    ELSEWHERE,
    SERIES,
    Sentence,
    tells_of_teams,
)
from marrow.missions.rules.records.rates import is_ratio, is_share, rate, rated
from marrow.missions.rules.records.shapes import compiled
from marrow.missions.rules.records.spans import counts_teams, whole_period
from marrow.missions.rules.records.told import Doubt, Told

_N = rf"(?P<n>{SPAN}|{FIGURE})"
# "9643 inpatient treatments of patients" counts treatments, so these part a figure from its noun.
_FEW = r"(?:(?!(?:of|in|to|and|from|the|by|with|inpatient|treatments?)\b|\d)[\w’'-]+\s){0,3}?"
_BODY = (
    r"(?:patients|people|persons|locals|residents|inpatients|outpatients|victims|villagers"
    r"|children|malades|habitants|community\smembers|members\sof\s(?:the|a|this)\s(?:[\w’'-]+\s){0,2}?community)\b"
)
# Each measure with its shapes, the most telling first; a figure is read once.
_MEASURES: tuple[tuple[str, str], ...] = (
    ("visits", (rf"{_N}\s{_FEW}(?:clinic\svisits|patient[\s-]visits|visits|consultations"
                rf"|person[\s-]times"
               r"|outpatient\s(?:visits|services)|patient[\s-]times|medical\scases|cases)\b")),
    ("operations", (rf"{_N}\s{_FEW}(?:surger(?:y|ies)|operations"
                     r"|surgical\s(?:operations|procedures|cases)|op[ée]rations"
                     r"|interventions\schirurgicales)\b")),
    ("?operations", rf"\boperat\w+\son\s(?:{SOFTENER}\s)?{_N}\s{_FEW}{_BODY}"),
    ("trained", (rf"\btrain(?:ed|ing)\s(?:{SOFTENER}\s)?(?:a\stotal\sof\s)?{_N}\s{_FEW}"
                r"(?:doctors|nurses|staff|personnel|workers|physicians|people|technicians"
                r"|students|professionals|surgeons|midwives|interns|trainees|medics|officers"
                r"|villagers|volunteers|\w+ists|\w+ians)\b")),
    ("patients", (rf"\b(?:treat(?:ed|ing|ment)?|serv(?:ed|ing)|attend(?:ed|ing)|receiv(?:ed|ing)"
                  rf"|diagnos(?:ed|ing)"
                 r"|cur(?:ed|ing)|car(?:ed|ing)|help(?:ed|ing)|saw|examin(?:ed|ing)|services|care|check-?ups?"
                 r"|cases|sav(?:ed|ing))\s"
                 rf"(?:[\w-]+\s){{0,2}}?(?:a\stotal\sof\s)?(?:{SOFTENER}\s)?(?:a\stotal\sof\s)?{_N}\s{_FEW}{_BODY}")),
    ("?patients", rf"{_N}\s(?:in|out)-?patient\streatments?\b"),
    ("patients", (rf"\b(?:soign|trait|examin|pris\sen\scharge|re[cç]u)\w*\s(?:{SOFTENER}\s)?{_N}"
                  rf"\s(?:de\s)?{_BODY}")),
    ("patients", (rf"{_N}\s(?:de\s)?{_BODY}\s(?:ont\sété|sont|furent)"
                  r"\s(?:soign|trait|examin)[ée]e?s\b")),
    ("?operations", (rf"\boperat\w+\son\s(?:{SOFTENER}\s)?{_N}"
                     r"(?=\s?[,.;]|\sand\b|\sin\b|\s?$)")),
    ("patients", (rf"{_N}\s(?:{_BODY}\s)?(?:(?:have|had|has)\sbeen\s|were\s|was\s)?"
                  r"(?:treated|cured|examined|attended\sto)\b")),
    ("patients", (rf"{_N}\s{_FEW}(?:in|out)?patients\b"
                  r"(?!\s(?:visits|(?:who\s|have\s|had\s)?died|dead))")),
)  # fmt: skip
_NAMES, _SHAPES = zip(*_MEASURES, strict=True)
_NOT_DONE = re.compile(
    r"\b(?:will|would|plan(?:s|ned)?|expect(?:s|ed)?|aims?|hope[sd]?|intend\w*|to (?:train|treat"
    r"|perform)"
    r"|allow\w*|capacity|target\w*|scheduled|goals?|objectives?|next year"
    r"|(?:compte|esp[èe]re|doi(?:t|vent)|devrai?)(?:nt|ent)?\s(?=\w+(?:er|ir|re)\b)"
    r"|objectifs?|pr[ée]v\w+)\b",
    re.IGNORECASE,
)
# beyond what one team does in its term: such a figure counts more, or other things
_MOST = {"patients": 300_000, "visits": 300_000, "operations": 30_000, "trained": 20_000}
_ANOTHER = re.compile(r"\b(?:similar|previous|earlier|last year|another)\b", re.IGNORECASE)
# "the 22nd and 23rd teams saw": what several teams did is no one team's
_SEVERAL = re.compile(
    rf"{ORDINAL}(?:\s(?:medical|chinese)|\steam)*\s?(?:,|and|to|through|&|[-–])\s(?:the\s)?{ORDINAL}"
    r"(?:\s[\w’'-]+){0,3}?\s(?:teams|batches|groups|missions|brigades|contingents)\b"
    r"|\b(?:both|the\s(?:two|three|four))\s(?:[\w’'-]+\s){0,2}?(?:teams|batches|groups|brigades)\b"
    r"|\bles\s(?:deux|trois)\s[ée]quipes\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(
    r"(?:(?:between|from|entre|de)\s)?(?:19|20)\d\d(?:\s\w+\s|\s?\W\s?)(?:19|20)\d\d",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:in|since|by|from|until|between|during|year|(?<!total )of)\s(?:(?:the|early|mid|late"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\s)*$",
    re.IGNORECASE,
)
_TEAMS = re.compile(
    rf"{_N}\s(?:batches\sof\s|groups\sof\s)?(?:Chinese\s)?(?:medical\s)?(?:aid\s|assistance\s)?"
    r"(?:teams|batches|missions|groups|brigades|contingents)\b",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:(?!teams|batches|groups)[\w’'-]+\s){0,3}?"
    r"(?:members|doctors|experts|personnel|medics|workers|staff|specialists|nurses|people)\b"
)
# "has sent 650 doctors", "20 teams with 650 members", "318 doctors and nurses have served".
_MEMBERS = (
    (
        r"\b(?:has|have|had)\s(?:\w+\s)?(?:sent|dispatched|provided)\s"
        rf"(?:a\stotal\sof\s)?(?:{SOFTENER}\s)?{_N}\s{_PEOPLE}"
    ),
    (
        r"\b(?:teams|batches|groups|missions|brigades|contingents)\b[^.;]{0,60}?"
        rf"\b(?:with|of|and|comprising|totall?ing|including)\s(?:a\stotal\sof\s)?"
        rf"(?:{SOFTENER}\s)?{_N}\s{_PEOPLE}"
    ),
    (
        rf"{_N}\s{_PEOPLE}(?:\sand\s\w+)?(?:\s\w+)?\s(?:have|has|had|were)\s(?:been\s)?"
        r"(?:sent|dispatched|served|worked|come|gone|visited|provided)\b"
    ),
)
_AMOUNT = (
    r"(?P<all>(?P<a>US\$|USD|RMB|CNY|\$|€|EUR|¥)?\s?(?P<n>"
    r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d[\d,]*(?:\.\d+)?)"
    r"(?:\s(?P<scale>million|thousand|billion))?"
    r"(?:\s?(?P<b>US\sdollars|U\.S\.\sdollars|dollars|USD|RMB|CNY|yuan|euros?|EUR|[A-Z]{3}\b))?)"
)
# "worth over 90,000 RMB", "$20,000 worth of drugs".
_MONEY = (
    (
        r"\b(?:worth|valued?\s(?:at|of)|value\sof|cost(?:s|ing)?|totall?ing)\s(?:of\s)?"
        rf"(?:{SOFTENER}\s)?{_AMOUNT}"
    ),
    rf"(?<![\w.,$€¥]){_AMOUNT}\sworth\s(?:of\b|in\b)",
)
_UNITS = {
    "us$": "USD", "$": "USD", "usd": "USD", "us dollars": "USD", "u.s. dollars": "USD",
    "dollars": "USD", "rmb": "CNY", "yuan": "CNY", "cny": "CNY", "¥": "CNY",
    "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR",
}  # fmt: skip
_SCALE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_INCOMPLETE = re.compile(r"\bincomplete (?:statistics|figures|data|count)\b", re.IGNORECASE)


def read_outcomes(year: str, read: list[Sentence], found: Findings) -> None:
    """Tell what was done; a figure of the whole series is told as such and doubted as own.

    A figure of a year before the record's, or of another occasion, is doubted too: it is not
    proposed, since accepting it would make it this team's.
    """
    for sentence in read:
        if sentence.about == ELSEWHERE:
            continue
        several = _SEVERAL.search(sentence.text) is not None
        whole = None if several else whole_period(sentence, year)
        if _OF_ALL.search(sentence.text) and (whole is not None or sentence.about == SERIES):
            continue
        _measures((sentence, _elsewhen(sentence, year)), whole, found)
        _money(sentence, found)
        if sentence.about == SERIES or (whole and _of_teams(sentence.text)):
            _teams(sentence, whole or "", found)
        if sentence.about == SERIES or whole is not None:
            _members(sentence, whole or "", found)
        vague = _INCOMPLETE.search(sentence.text)
        if vague:
            found.tell(told(sentence, "incomplete", "yes", vague.span()))


# "Nationwide 21,000 have been sent to Africa": of every series, and so of none
_OF_ALL = re.compile(
    r"\b(?:nation-?wide|world-?wide|to Africa\b|African (?:countries|nations)|the world|overseas"
    rf"|across (?:Africa|China)|{FIGURE} (?:\w+ ){{0,2}}?(?:countries|nations)"
    r"|en Afrique|pays africains)\b",
    re.IGNORECASE,
)


def _of_teams(text: str) -> bool:
    return tells_of_teams(text) or counts_teams(text)


def _elsewhen(sentence: Sentence, year: str) -> str | None:
    """The other time that a sentence tells of, None where it tells of this team's own."""
    years = {one.value[:4] for one in dates_in(sentence.text) if one.value}
    if re.search(r"\bsince\b", sentence.text):
        return None  # it runs on to this team's time
    if _SEVERAL.search(sentence.text):
        return ""
    if _ANOTHER.search(sentence.text) or (years and max(years) < year):
        return max(years, default="")
    return None


def _measures(placed: tuple[Sentence, str | None], whole: str | None, found: Findings) -> None:
    sentence, elsewhen = placed
    period = elsewhen if whole is None else whole
    read_already: set[int] = set()
    for name, shape in zip(_NAMES, compiled(_SHAPES), strict=True):
        for hit in shape.finditer(sentence.text):
            if hit.start("n") in read_already or _counts_nothing(sentence, hit):
                continue
            read_already.add(hit.start("n"))
            number = counted(hit["n"])
            if number is None:
                _within(sentence, (name.lstrip("?"), period), hit, found)
                continue
            new = _figure(sentence, name.lstrip("?"), number, hit)
            often = rate(sentence.text, hit)
            if often:
                found.doubt(within(replace(new, value=often, quote=rated(sentence, hit))))
            elif whole is not None:
                _cumulative(new, whole, found)
            elif elsewhen is not None:
                found.doubt(_not_own(softened(new, new.precision, period=elsewhen)))
            else:
                planned = _NOT_DONE.search(sentence.text[: hit.end()]) is not None
                _teams_own(new, (name.startswith("?"), planned), found)


def _teams_own(new: Told, said: tuple[bool, bool], found: Findings) -> None:
    """A figure of this team's term: more than a team can do, or a plan, is no value of it."""
    loose, planned = said
    if int(new.value) > _MOST[new.field] or planned:
        found.doubt(within(new))
    elif loose:
        _unsure(new, found)
    else:
        _own(new, found)


# "were treated by the previous teams": whoever did it stands behind the figure
_BY_OTHERS = re.compile(
    r"[^.;,]{0,60}\b(?:by|par)\s(?:(?:the|its|an?|les|la|l['’])\s?)?(?:[\w’'-]+\s){0,2}?"
    r"(?:previous|earlier|former|outgoing|preceding|predecessors?|other|précédente?s?|autres?"
    r"|hospital|clinic|nurses|cuban|local)\b",
    re.IGNORECASE,
)


def _counts_nothing(sentence: Sentence, hit: re.Match[str]) -> bool:
    """A year, a share, or what others did."""
    if _is_year(sentence.text, hit) or is_ratio(sentence.text, hit.end()):
        return True
    if is_share(sentence.text, hit.start("n"), counted(hit["n"])):
        return True
    return _BY_OTHERS.match(sentence.whole, sentence.start + hit.end()) is not None


def _is_year(text: str, hit: re.Match[str]) -> bool:
    """ "in 2010 while saving patients", "since May 1976 teams": a year, no count."""
    if _YEARS.fullmatch(hit["n"]):
        return True
    lead = text[max(0, hit.start("n") - 30) : hit.start("n")]
    return bool(_DATED.search(lead)) and _YEAR.fullmatch(hit["n"]) is not None


def _within(
    sentence: Sentence, named: tuple[str, str | None], hit: re.Match[str], found: Findings
) -> None:
    """ "3,000 to 4,000 patients": no value of the team, nor of the series."""
    name, period = named
    span = bounds(hit["n"])
    if span:
        new = told(sentence, name, spanned(span), hit.span())
        found.doubt(within(new) if period is None else _not_own(softened(new, "", period=period)))


def _figure(sentence: Sentence, name: str, number: int, hit: re.Match[str]) -> Told:
    soft = softness(sentence.text[: hit.start("n")])
    return softened(told(sentence, name, str(number), hit.span()), soft, name)


def _own(new: Told, found: Findings) -> None:
    """A second figure of one measure counts another part of the work: no value in its place."""
    if found.first(new.field):
        _unsure(new, found)
    else:
        found.tell(new)


def _unsure(new: Told, found: Findings) -> None:
    """Proposed only where it would not put a part in the place of the whole."""
    known = found.first(new.field)
    if known is None or int(new.value) > float(known.value):
        found.unsure(new)
    elif known.value != new.value:
        found.doubt(within(new))


def _cumulative(new: Told, period: str, found: Findings) -> None:
    known = ("visits", "patients", "operations")
    if new.field not in known:
        found.unsure(new)
        return
    total = softened(
        Told(f"cumulative_{new.field}", new.value, new.quote, new.column),
        new.precision,
        new.unit,
        period,
    )
    found.tell(total, many=True)
    found.doubt(_not_own(total))


def _not_own(total: Told) -> Doubt:
    return Doubt(
        "CUMULATIVE_NOT_OWN",
        total.field,
        (("value", total.value), ("period", total.period or "…")),
        quotes=((total.column, total.quote),),
    )


def _teams(sentence: Sentence, period: str, found: Findings) -> None:
    for hit in _TEAMS.finditer(sentence.text):
        # no series has so many teams: "since 1976 Chinese teams"
        if not _YEAR.fullmatch(hit["n"]):
            _total(sentence, ("cumulative_teams", period), hit, found)


def _members(sentence: Sentence, period: str, found: Findings) -> None:
    """People sent over the years; those still to be chosen or sent are none of them."""
    for shape in compiled(_MEMBERS):
        for hit in shape.finditer(sentence.text):
            each = re.search(r"\beach\b", sentence.text[: hit.start("n")], re.IGNORECASE)
            if not each and not _NOT_DONE.search(sentence.text[: hit.start("n")]):
                _total(sentence, ("cumulative_members", period), hit, found)


def _total(sentence: Sentence, named: tuple[str, str], hit: re.Match[str], found: Findings) -> None:
    name, period = named
    number = counted(hit["n"])
    if _is_year(sentence.text, hit):
        return
    if not number:
        _within(sentence, named, hit, found)
        return
    new = _figure(sentence, name, number, hit)
    total = softened(new, new.precision, name.removeprefix("cumulative_"), period)
    if found.first(name) is None:
        found.doubt(_not_own(total))
    found.tell(total)


def _money(sentence: Sentence, found: Findings) -> None:
    for hit in (one for shape in compiled(_MONEY) for one in shape.finditer(sentence.text)):
        unit = _UNITS.get((hit["a"] or hit["b"] or "").lower(), (hit["b"] or "").upper())
        if not unit:
            continue
        value = float(re.sub(r"[,\s]", "", hit["n"])[:15]) * _SCALE.get(
            (hit["scale"] or "").lower(), 1
        )
        amount = str(int(value)) if value == int(value) else str(round(value, 2))
        soft = softness(sentence.text[: hit.start("all")])
        new = softened(told(sentence, "donated_value", amount, hit.span()), soft, unit)
        built = re.search(r"\b(?:construct|build|built|loan|project cost)", sentence.text, re.I)
        if built or _NOT_DONE.search(sentence.text[: hit.start()]):
            found.unsure(new)
        else:
            _own(new, found)
