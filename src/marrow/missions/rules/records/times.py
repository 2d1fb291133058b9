"""When a team left, arrived, came home, and when it was agreed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from marrow.missions.rules.records.countries import countries_in
from marrow.missions.rules.records.dates import Dated, before, dates_in, months_of
from marrow.missions.rules.records.finds import Findings, own_first, told
from marrow.missions.rules.records.greetings import handover, welcome
from marrow.missions.rules.records.naming import named_teams
from marrow.missions.rules.records.parts import of_a_part
from marrow.missions.rules.records.prose import LONGEST_QUOTE, Sentence
from marrow.missions.rules.records.provinces import CITIES, PROVINCE
from marrow.missions.rules.records.sizes import tells_of_some
from marrow.missions.rules.records.spans import counts_teams
from marrow.missions.rules.records.told import Doubt, Told
from marrow.missions.rules.records.unsettled import settle
from marrow.missions.rules.records.whose import is_anothers, is_denied, is_planned

_PROPOSED = "arrived_on?"
# Verbs that take a date, the first that fits; '' takes the date and tells nothing of ours.
_VERBS: tuple[tuple[str, str], ...] = (
    ("returned_on", (r"(?:team|they|it)\s(?:was|were|had\sbeen)\s(?:\w+\s)?(?:withdrawn|recalled)\b"
                     r"|(?:was|were|been)\s(?:pulled\sout|called\s(?:home|back))\b"
                     r"|return(?:s|ed|ing)?\b|complet(?:e|es|ed|ing)\s(?:the(?:ir)?|its|a"
                     r"|this)?\s?[\w-]*\s?"
                    r"(?:mission|work|term|service|tour|assignment)|finish(?:ed|es|ing)|concluded"
                    r"|ended"
                    r"|(?:left|departed|depart)\s(?:from\s)?(?:[Tt]he\s)?(?=RECIPIENT)"
                    r"|went (?:back|home)"
                    r"|came (?:home|back)|flew (?:home|back)"
                    r"|rentr(?:e|[ée]e?s?|er)\b|retourn[ée]e?s?\b|regagn\w+|(?:achev|termin)[ée]\w*"
                   r"|\b(?:stay(?:ed)?|work(?:ed)?|serv(?:ed?|ing)"
                    r"|remain(?:ed)?|continu\w+|travaill\w+|rest\w+)\b[^.;]{0,160}?"
                    r"\b(?:until|till|jusqu['’](?:en|au|à))(?!\w)")),
    ("signed_on", r"sign(?:s|ed|ing|[ée]e?s?)?\b|agreement was reached|inked"),
    ("arrived_on", (r"arriv(?:e|es|ed|ing|al|[ée]e?s?|ent)\b|land(?:ed|ing)\b|reach(?:ed|es)\b"
                   r"|touched down"
                   r"|came\s(?:to\s(?!an?\b|power|light|be\b|know|terms|help)|in\s(?!contact|for\b))"
                   r"|(?:beg[au]n|started)\s(?:to\s)?(?:work|serv|operat)\w*|took over\b"
                   r"(?!\s(?:power|the (?:country|government|presidency)))"
                   r"|took up\s(?:the(?:ir)?\s|its\s|a\s)?(?:\w+\s)?(?:post|work|dut|service"
                   r"|position|office|station|assignment|place)\w*")),
    # the work of a team begins on its arrival, or soon after: only proposed
    (_PROPOSED, (r"(?:beg[au]n|started|commenced)\s(?:its|their)\s(?:\w+\s)?"
                 r"(?:work|mission|service|duties|term|tour)\b")),
    ("departed_on", (r"(?:flagged|seen|saw|waved) off|took off|set sail|embarked\b"
                     r"|teams?(?:['’]s\s[\w-]+\s(?:members|doctors|people))?"
                     r"\s(?:\w+\s)?went to\b(?!\swork)"
                     r"|left\b|leaves?\sfor|depart(?:ed|s|ing|ure)?\b|set (?:off|out)|(?:was|were"
                     r"|been)\s(?:sent|dispatched)"
                    r"|(?<!to )(?<!will )(?:sent|dispatched|sends|dispatches)\b|flew"
                    r"|travel+ed to|parti(?:e|s|es)?\b"
                    r"|(?:envoy|d[ée]p[êe]ch)[ée]e?s?\b|a quitté (?:la Chine|CHINA)")),
    ("", (r"to\sleave\b|mov(?:ed|ing)\b"
          r"|award(?:ed)?|donat\w+|open(?:ed|ing)|shut|clos(?:ed|ing)|announc\w+"
          r"|held"
         r"|chang(?:ed|ing)|switch\w+|visit(?:ed|ing)|train(?:ed|ing)|offer(?:ed)?|perform\w+"
         r"|treat(?:ed)?"
         r"|rece?iv\w+|provid\w+|met\b|outbreak|earthquake|built|pledg\w+|promis\w+|construct\w+"
         r"|resum\w+"
         r"|withdr\w+|welcom\w+|replac\w+|extend\w+|die[ds]?\b|report(?:s|ed)\b|will\b|plan(?:s"
         r"|ned)\b"
         r"|expect\w+|scheduled|handed|arrang\w+|attack\w*|honou?r\w*|join\w*|establish\w*"
         r"|found(?:ed)\b|evacuat\w+|recogni[sz]\w+|inaugurat\w+|elect(?:ed|ion)\b|broke\b")),
)  # fmt: skip
_RANGE = re.compile(
    r"\b(?:from|between|during|de|du|entre)\s+(?:the\s)?"
    r"(?:(?:late|early|mid|end of|beginning of)[\s-])?$|\bd['’]$",
    re.I,
)
_TO = re.compile(
    r"^\s*(?:to|until|till|through|and|-|–|à|au|et|jusqu['’](?:à|en|au))\s+"
    r"(?:(?:late|early|mid|the end of|end of)[\s-])?$",
    re.I,
)
_WORKS = re.compile(
    r"\b(?:work|serv|stay|station|mission|provid|remain|post|based|operat(?!ion)|dispatch|sent|travaill"
    r"|séjourn|exerc)\w*",
    re.I,
)
_GENERIC = re.compile(r"\bmedical (?:aid )?teams\b", re.I)
_ORDER = (
    ("departed_on", "arrived_on"),
    ("departed_on", "returned_on"),
    ("arrived_on", "returned_on"),
)


_UNKNOWN = re.compile(r"\b(?:unknown|unclear|uncertain|not clear|not known|it appears)\b", re.I)
# "from 1975 to 1996 and since 2007": the runs of a series, no stay of one team.
_AGAIN = re.compile(r",?\s(?:and|then)\s(?:again\s|then\s)?since\b", re.IGNORECASE)
_LEAST_STAY = 6  # months
_LONGEST_STAY = 72
_LEFT = re.compile(r"(?:left|depart(?:ed|s)?)\b", re.IGNORECASE)
# "arrived in May after it left on 2 May": the earlier of the two is told last.
_ERE = re.compile(r"\b(?:after|having|had|since|when|before|once|which|who)\b", re.IGNORECASE)
_OUTWARD = re.compile(rf"\s(?:\w+\s)?(?:for\b|to\b|from\s|China\b|{CITIES}|home\b)", re.IGNORECASE)


Shape = tuple[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that takes a date, and the field that the date is; '' where it is none of ours."""

    field: str
    start: int
    end: int


def read_times(read: list[Sentence], known: tuple[str, str], found: Findings) -> None:
    """Tell the dates of the team's own journey; known: (the record's year, the country's names)."""
    year, recipient_names = known
    shapes = shapes_of(recipient_names)
    for sentence in own_first(read):
        if not (_UNKNOWN.search(sentence.text) or tells_of_some(sentence, found)):
            _of_sentence(sentence, shapes, found)
    settle(year, read, found)
    handover(read, found)
    welcome(read, found)
    _on_post(read, year, found)
    _impossible(found)


def shapes_of(recipient_names: str) -> list[Shape]:
    """The verbs of a journey; "left RECIPIENT" is going home."""
    return [
        (
            name,
            re.compile(
                rf"\b(?:{words.replace('RECIPIENT', recipient_names).replace('CHINA', CITIES)})",
                re.IGNORECASE,
            ),
        )
        for name, words in _VERBS
    ]


def verbs_of(text: str, shapes: list[Shape]) -> list[Verb]:
    """The verbs of a text in their order; where two overlap, that of the earlier shape."""
    taken: list[Verb] = []
    for name, shape in shapes:
        for hit in shape.finditer(text):
            if all(hit.end() <= one.start or hit.start() >= one.end for one in taken):
                taken.append(Verb(name, hit.start(), hit.end()))
    return sorted(taken, key=lambda one: one.start)


def _of_sentence(sentence: Sentence, shapes: list[Shape], found: Findings) -> None:
    text = sentence.text
    _broken(sentence, dates_in(text), found)
    dated = [one for one in dates_in(text) if one.value and not _since(text, one)]
    paired = _served(sentence, dated, found)
    verbs = verbs_of(text, shapes)
    for one in dated:
        verb = None if one in paired else verb_of(one, dated, verbs, text)
        if not verb or not verb.field or _is_no_journey(text, verb):
            continue
        if verb.field == "signed_on" or not of_a_part(text, verb.start, found):
            _tell(sentence, _homeward(text, verb, one, (verbs, found)), one, found)


def _is_no_journey(text: str, verb: Verb) -> bool:
    """True for somebody else's journey, and for one that the words deny."""
    if verb.field == "signed_on":
        return False
    if _RELAY.search(text[: verb.end]) or _HOLIDAY.search(
        text[verb.start - 60 if verb.start > 60 else 0 : verb.end + 40]
    ):
        return True
    return is_anothers(text, verb.start) or is_denied(text, verb.start, verb.end)


# "left for a holiday in China and returned in June": no end of a term
_HOLIDAY = re.compile(r"\b(?:holidays?|vacations?|home leave|on leave|cong[ée]s?|vacances)\b", re.I)
# "Hunan took over in 1996": from another province, not one team from another
_RELAY = re.compile(rf"{PROVINCE}\s(?:\w+\s)?took over$")


# "fled to Beton and returned to Alba": back at its post, not at home
_BACK_TO = re.compile(
    r"return(?:s|ed|ing)?\sto\s(?:the\s)?(?!China|CHINA|Chinese|home|their|its)"
    rf"(?!{CITIES})(?!{PROVINCE})(?=[A-Z]|work|post|duty|country)"
)


def _homeward(text: str, verb: Verb, one: Dated, known: tuple[list[Verb], Findings]) -> Verb:
    """ "came in October 2010 and left in October 2012": who has arrived and leaves goes home."""
    verbs, found = known
    if _BACK_TO.match(text, verb.start):
        return replace(verb, field="")
    tail = text[verb.end : verb.end + 40]
    outward = _OUTWARD.match(tail) or countries_in(tail)
    if verb.field != "departed_on" or not _LEFT.match(text, verb.start) or outward:
        return verb
    came = found.first("arrived_on") or found.first("departed_on")
    if _came_before(text, verb, verbs) or (came and _stayed(came.value, one.value)):
        return replace(verb, field="returned_on")
    return verb


def _stayed(came: str, left: str) -> bool:
    return before(came, left) and months_of(left) - months_of(came) >= _LEAST_STAY


def _came_before(text: str, left: Verb, verbs: list[Verb]) -> bool:
    """The sentence tells the arrival first, whatever dates it gives to the two."""
    came = [one.end for one in verbs if one.field == "arrived_on" and one.end <= left.start]
    return bool(came) and not _ERE.search(text[came[-1] : left.start])


def _since(text: str, one: Dated) -> bool:
    lead = text[max(0, one.start - 30) : one.start]
    return bool(
        re.search(
            r"\b(?:since|as of|by|before|after|depuis|avant|après|report(?: in| of)?)\s(?:\w+\s)?$",
            lead,
            re.I,
        )
    )


def _broken(sentence: Sentence, dated: Sequence[Dated], found: Findings) -> None:
    for one in dated:
        if not one.value:
            words = sentence.quote(one.start, one.end)
            found.doubt(
                Doubt(
                    "DATE_IMPOSSIBLE",
                    params=(("date", sentence.text[one.start : one.end]),),
                    quotes=(("description", words),),
                )
            )


def ranges(text: str, dated: Sequence[Dated]) -> list[tuple[Dated, Dated]]:
    """ "from August 2002 to August 2004": a first and a last day."""
    return [
        (first, last)
        for first, last in itertools.pairwise(dated)
        if _RANGE.search(text[max(0, first.start - 40) : first.start])
        and _TO.match(text[first.end : last.start])
    ]


def _served(sentence: Sentence, dated: list[Dated], found: Findings) -> list[Dated]:
    """ "worked from August 2002 to August 2004": the first and the last day of service."""
    text, paired = sentence.text, []
    for first, last in ranges(text, dated):
        paired += [first, last]
        if _AGAIN.match(text, last.end) or counts_teams(text) or _is_long(first, last):
            continue
        if _WORKS.search(text[: first.start]) or _WORKS.search(text[last.end : last.end + 60]):
            span = (first.start, last.end)
            found.tell(told(sentence, "arrived_on", first.value, span))
            found.tell(told(sentence, "returned_on", last.value, span))
    return paired


def _is_long(first: Dated, last: Dated) -> bool:
    """ "From 1975 to 2005": the years of a series, not the stay of one team."""
    return months_of(last.value) - months_of(first.value) > _LONGEST_STAY


# "was withdrawn early, in March 2010, after it had arrived": the date closes what stands before
_CLOSES = re.compile(
    r",?\s(?:after|before|when|having|because|as|following|due|once|while|après|avant)\b", re.I
)


def verb_of(one: Dated, dated: Sequence[Dated], verbs: list[Verb], text: str) -> Verb | None:
    """The verb that a date belongs to: the last before it, else the first after it."""
    behind = [verb for verb in verbs if verb.end <= one.start]
    opens = re.search(
        r"(?:^|[,;]\s*(?:and|but|while)?\s*)(?:[Ii]n|[Oo]n|[Ee]n|[Ll]e)\s(?:\w+\s){0,2}$",
        text[: one.start],
    )
    ahead = [verb for verb in verbs if verb.start >= one.end]
    if behind and _second(one, dated, text):
        return behind[-1]
    leads = opens and ahead and opens.start() > behind[-1].end if behind else None
    if behind and (not leads or _CLOSES.match(text, one.end)):
        nearer = [o for o in dated if behind[-1].end <= o.start < one.start]
        return None if nearer else behind[-1]
    return ahead[0] if ahead and not _TURNS.search(text[one.end : ahead[0].start]) else None


# what stands between two dates of one verb
_BESIDE = re.compile(r"\s(?:and|or)\s(?:on\s)?|,?\s\([^()]{0,60}", re.IGNORECASE)


# "should have started in January 2013 but arrived later": the date is not that of what follows
_TURNS = re.compile(r"\bbut\b|\bmais\b", re.IGNORECASE)


def _second(one: Dated, dated: Sequence[Dated], text: str) -> bool:
    """ "on 3 May 2003 and 8 June 2003", "(some say 8 June)": one verb, two dates."""
    earlier = [other for other in dated if other.end <= one.start]
    return bool(earlier) and _BESIDE.fullmatch(text[earlier[-1].end : one.start]) is not None


def _tell(sentence: Sentence, verb: Verb, one: Dated, found: Findings) -> None:
    span = (min(verb.start, one.start), max(verb.end, one.end))
    if span[1] - span[0] > LONGEST_QUOTE:
        span = (one.start, one.end)
    new = told(sentence, verb.field.rstrip("?"), one.value, span)
    if verb.field != "signed_on" and is_planned(sentence.text, verb.start, verb.end):
        _plan(new, found)
        return
    if verb.field == _PROPOSED:
        if found.first("arrived_on") is None:
            found.unsure(new)
        return
    if counts_teams(sentence.text) and not named_teams(sentence.text):
        found.unsure(new)  # "the last of the nine teams returned": which one, the words leave open
        return
    known = found.first(verb.field)
    if known and (known.value.startswith(one.value)):
        return
    if known and one.value.startswith(known.value):
        found.told[found.told.index(known)] = new
    elif verb.field == "signed_on" and _GENERIC.search(sentence.text):
        found.unsure(new)
    else:
        found.tell(new)


def _plan(new: Told, found: Findings) -> None:
    """A planned end is told as such; a planned departure or arrival is no value at all."""
    if new.field == "returned_on":
        found.tell(replace(new, field="planned_end_on"))
    else:
        found.plans.append(new)


# "has worked in Alba since November 2010", "was in Alba from June 2012": most likely its arrival
_ON_POST = re.compile(
    r"\b(?:work(?:s|ed|ing)?|serv(?:es?|ed|ing)|station(?:ed|ing)?|post(?:ed)?|based"
    r"|offer(?:s|ed|ing)?|provid(?:es?|ed|ing)|operat(?:es?|ed|ing)|(?:was|were)\s(?:in|at))\b"
    r"[^.;:]{0,120}?\b(?:since|from)\s(?:(?:early|mid|late|the\send\sof)[\s-])?$",
    re.I,
)


def _on_post(read: list[Sentence], year: str, found: Findings) -> None:
    """A first day on post is proposed, where no arrival is told and the record's year fits."""
    for sentence in own_first(read):
        dated = [one for one in dates_in(sentence.text) if one.value]
        for one in [] if ranges(sentence.text, dated) else dated:
            fits = year.isdigit() and 0 <= int(one.value[:4]) - int(year) + 1 <= _TWO_YEARS
            hit = _ON_POST.search(sentence.text[: one.start])
            if hit and fits and not found.first("arrived_on"):
                found.unsure(told(sentence, "arrived_on", one.value, (one.start, one.end)))
                return


_TWO_YEARS = 2


def _impossible(found: Findings) -> None:
    for early, late in _ORDER:
        one, other = found.first(early), found.first(late)
        if one and other and before(other.value, one.value):
            found.doubt(
                Doubt(
                    "DATE_IMPOSSIBLE",
                    late,
                    (("date", f"{one.value} … {other.value}"),),
                    quotes=((one.column, one.quote), (other.column, other.quote)),
                )
            )
