"""How many people a team has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marrow.missions.rules.records.figures import (
    FIGURE,
    ORDINAL,
    SOFTENER,
    SPAN,
    bounds,
    count,
    counted,
    softness,
)
from marrow.missions.rules.records.finds import Findings, own_first, softened, spanned, told, within
from marrow.missions.rules.records.french import PERSON as FRENCH_PERSON
from marrow.missions.rules.records.naming import TEAM
from marrow.missions.rules.records.prose import Sentence
from marrow.missions.rules.records.provinces import PROVINCE
from marrow.missions.rules.records.shapes import compiled
from marrow.missions.rules.records.spans import counts_years
from marrow.missions.rules.records.sums import all_told, cooks, of_each
from marrow.missions.rules.records.told import Doubt, Told
from marrow.missions.rules.records.whose import is_foreign

LARGEST_TEAM = 1_000  # beyond it the figure counts something else
_PLAIN = 100  # persons: a larger team is only proposed
_MANY_TEAMS = re.compile(
    r"\b(?:teams|groups|batches|missions|brigades|contingents|équipes|detachments)\b", re.IGNORECASE
)
# "3 members from Anhui and 5 from Henan": parts of a team
_REST = re.compile(
    rf"[^.;]{{0,60}}?(?:,|\band|\bet)\s(?:{FIGURE})\s(?:[\w’'-]+\s){{0,2}}?(?:from|members|others?|in|at)\b",
    re.IGNORECASE,
)
_PERSON = (
    r"(?:members?|people|persons?|doctors?|physicians?|experts?|surgeons?|specialists?"
    r"|personnel|professionals?|staff|workers?|medics|individuals|trainers|officers)\b"
)
_KIND = r"(?:[\w’'-]+\s){0,4}?"
# What may stand between "27-member" and its team; a verb may not.
_NOUNS = r"(?:(?!(?:of|were|was|are|is|have|had|by|in|to|from|who|and|the|at)\b)[\w’'-]+\s){0,4}?"
_ONE = rf"(?P<n>{SPAN}|{FIGURE})"
_MEMBERS = r"(?:members?|persons?|people|(?:medical\s)?(?:workers|personnel|staff))\b"
# What may stand between a team and its count: nothing that has people of its own.
_NEAR = (
    r"(?:(?!\b(?:which|that|who|where|hospital|clinic|centre|center|department|district|and|but"
    r"|while|village|town)\b)[^.;:]){0,90}?"
)
# what may stand between a journey and those who made it
_NO_PEOPLE = (
    r"(?!\b(?:meet|met|replac|reliev|join|which|that|who|where|hospital|and|but|while|equipment"
    r"|patients)\w*\b)"
)
_SHAPES = (
    # a 27-member team, 27-strong, 30 member Chinese medical team
    (
        rf"{_ONE}[\s-](?:members?|person|man|people|strong|expert|doctor"
        rf"|strength)(?=[\s-]{_NOUNS}{TEAM}|-strong)"
    ),
    rf"{_ONE}[\s-]strong\b",
    # consisting of 27 members, made up of 27 doctors, comprises 27 people, comprised 27
    (
        r"\b(?:consist(?:s|ed|ing)?(?:\sof)?|compris(?:es?|ed|ing)(?:\sof)?|composed\sof|made\sup\sof"
        rf"|includ(?:es|ed)(?:\sa\stotal\sof)?|numbering|total(?:s|ling|ing))\s(?:{SOFTENER}\s)?"
        rf"(?:a\stotal\sof\s)?{_ONE}\s(?:Chinese\s)?{_KIND}{_PERSON}"
    ),
    # the 12th team of 27 members, a team of seven medical doctors, team with 27 members
    (
        rf"\b{TEAM}(?:\s\([^()]{{0,60}}\))?(?:\s(?:from|sent\sby)\s(?:the\s)?{PROVINCE})?"
        r"(?:\s\([^()]{0,60}\))?,?\s(?:of|with|has"
        rf"|had)\s(?:{SOFTENER}\s)?(?:a\stotal\sof\s)?{_ONE}\s{_KIND}{_PERSON}"
    ),
    # 36 medical personnel arrived in ...
    (
        rf"{_ONE}\s(?:Chinese\s)?{_KIND}{_PERSON}\s(?:have\s|had\s|will\s|were\s)?(?:been\s)?"
        r"(?:arrived?|left|departed|landed|sent|dispatched|travel+ed|flew|came)\b"
    ),
    # China sent 36 medical personnel to ...
    (
        rf"\b(?:sent|dispatched|sends"
        rf"|deployed)\s(?:{SOFTENER}\s)?{_ONE}\s(?:Chinese\s)?{_KIND}{_PERSON}"
    ),
    # the 12th team (95 persons), the medical team (of 21 people)
    (
        rf"\b{TEAM}[^().;]{{0,60}}\((?:{PROVINCE},\s)?(?:(?:of|with|in\sall|a\stotal\sof)\s)?(?:{SOFTENER}\s)?{_ONE}"
        rf"\s{_KIND}{_PERSON}"
    ),
    # the 21 members on the team; not "eight of the 45 members of the team"
    rf"(?<!of\s)\b(?:the|its|all)\s{_ONE}\s{_NOUNS}{_PERSON}\s(?:on|of|in)\sthe\s{_NOUNS}team\b",
    # the team of 10 arrived, a team of 27.
    (
        rf"\b(?:the|an?|this|its)\s{_KIND}(?:team|contingent|delegation)\sof\s(?:{SOFTENER}\s)?{_ONE}"
        r"(?=\s?[,.;)]|\s?$|\s(?:arriv|left|depart|came|went|will|was|were|has|had|work|serv|return"
        r"|flew|landed|from|to|in)\w*\b)"
    ),
    # consisting of 14 acupuncturists, and nobody beside them
    (
        r"\b(?:consist(?:s|ed|ing)?\sof|compris(?:es?|ed|ing)|composed\sof|made\sup\sof)\s"
        rf"(?:{SOFTENER}\s)?{_ONE}\s(?:[\w’'-]+\s){{0,3}}?[\w-]+(?:ists|ians)\b"
        rf"(?!(?:,\s|,?\s(?:and|plus|with|as\swell\sas)\s)(?:(?:{FIGURE})|an?\b))"
    ),
    # équipe composée de 27 membres, forte de 27 médecins, équipe de 27 membres
    (
        r"\b(?:(?:compos|form|constitu)[ée]e?s?\sde|fortes?\sde|comprenant|comprend|compte|comptant"
        rf"|[ée]quipe(?:\s(?!de\b)[\w’'-]+){{0,4}}\sde)\s(?:{SOFTENER}\s)?{_ONE}\s{_KIND}{FRENCH_PERSON}"
    ),
    # 27 médecins chinois sont arrivés
    (
        rf"{_ONE}\s{_KIND}{FRENCH_PERSON}(?:\schinois)?\s(?:sont|ont)\s(?:[ée]t[ée]\s)?"
        r"(?:arriv|parti|quitt|envoy|rentr)[ée]s?\b"
    ),
    # the 16th team's 36 members
    rf"\b{TEAM}['’]s?\s{_ONE}\s{_NOUNS}{_PERSON}",
    # the 20th team from Tianjin to Alba has 38 members, the team counted 23 persons
    (
        rf"\b{TEAM}{_NEAR}\b(?:has|had|have|count(?:s|ed|ing)?|number(?:s|ed|ing)?|engages?)\s"
        rf"(?:{SOFTENER}\s)?(?:a\stotal\sof\s)?{_ONE}\s{_KIND}{_MEMBERS}"
    ),
    # it has 38 members, they numbered 23
    (
        r"(?:^\s*|[.;,]\s|\b(?:and|but)\s)(?:it|they)\s(?:has|had|have|count(?:s|ed)?|number(?:s|ed)?)"
        rf"\s(?:{SOFTENER}\s)?{_ONE}\s(?:Chinese\s)?{_MEMBERS}"
    ),
    # the team numbering 10
    rf"\b{TEAM}{_NEAR}\bnumbering\s(?:{SOFTENER}\s)?{_ONE}",
    # the ninth team, four persons, works; the first team to Alba, of eleven members from Ceford
    (
        rf"\b{TEAM}{_NEAR},\s(?:of\s|with\s|totall?ing\s)?(?:{SOFTENER}\s)?{_ONE}\s"
        rf"(?:Chinese\s|medical\s)?{_MEMBERS}(?=\s?[,;.)]|\s?$|\s(?:from|in\sall|strong|was|were|arriv\w*"
        r"|left|worked|work)\b)"
    ),
    # the eighth, of 12, arrived
    rf"\b(?:the\s)?{ORDINAL},?\sof\s(?:{SOFTENER}\s)?{_ONE}(?=\s?[,;.)]|\s?$)",
    # the 16th team of 38 (among them five cooks)
    rf"\b(?:the|an?|this|its|{ORDINAL})\s{_KIND}{TEAM}\sof\s(?:{SOFTENER}\s)?{_ONE}(?=\s\()",
    # the ninth team arrived in Alba on 4 August 2011 with 27 members
    (
        r"\b(?:arriv\w+|landed|came|reached|left|departed|set\s(?:off|out))\b"
        rf"(?:{_NO_PEOPLE}[^.;:]){{0,80}}?\bwith\s(?:{SOFTENER}\s)?{_ONE}\s{_KIND}{_PERSON}"
        r"(?!\sof\sthe|\sfrom\sthe)"
    ),
    # it is from Alba and numbers 16.
    (
        r"(?:^\s*|[.;,]\s)(?:it|they)\b(?:(?!\bpatients\b)[^.;]){0,80}?\b(?:number|count)(?:s|ed)?\s"
        rf"(?:{SOFTENER}\s)?{_ONE}(?=\s?[,.;)]|\s?$)"
    ),
    # the ministry speaks of 26 members
    (
        r"\b(?:sp[eo]aks?|spoke|tells?|told|reports?|reported|mentions?|mentioned|gives?|gave|names?)\s"
        rf"(?:of\s)?(?:{SOFTENER}\s)?{_ONE}\s(?:Chinese\s)?members\b"
    ),
    # with a crew of 428
    rf"\b(?:crew|complement)\sof\s(?:{SOFTENER}\s)?{_ONE}\b",
)
# "Ninety-two members, among them obstetricians, worked in Alba": all of them, or some
_SOME_OR_ALL = re.compile(
    rf"^\s*{_ONE}\s(?:members|medics),?\s(?:among\s(?:them|whom)\b[^.;]{{0,80}},\s)?"
    r"(?:work|serv|arriv|left|are|were)\w*\b"
    r"(?![^.]*\b(?:another|the\s(?:other|rest|remaining)|others)\b)",
    re.IGNORECASE,
)
_SENT = (4, 5)  # people who came or were sent: over many years, those of many teams
_IN_TITLES = (0, 3, 4, 5, 6, 10)  # the shapes that a title may have
# "sent 8 doctors for training", "11 of the 29 members", "four members were awarded": a part.
_A_PART = re.compile(
    r"^[^.;,]{0,60}\b(?:for training|to study|to china|to receive)\b", re.IGNORECASE
)
_WOMEN = re.compile(
    rf"(?P<n>{FIGURE})\s(?:of\s(?:them|whom)\s(?:are\s|were\s)?)?"
    r"(?:are\s|were\s)?(?:women\b|females?\b|female\s(?:members?|doctors?|physicians?|experts?))",
    re.IGNORECASE,
)
_SOME = re.compile(
    rf"(?P<n>{FIGURE})[\s-](?:of\s(?:them|whom|the)\b|man\b|{_KIND}{_PERSON})", re.IGNORECASE
)
# Words that place some of the members apart from the others.
_APART = re.compile(
    r"\b(?:work(?:s|ed|ing)?|based|station(?:ed)?|post(?:ed)?|assigned|serv(?:e|ed|ing))\s(?:at|in)\b"
    r"|\b(?:remaining|the others?|another|first batch|second batch|of (?:them|whom))\b",
    re.IGNORECASE,
)


# "4 members left in December, the other 10 in May": two parts of one team
_OTHERS = re.compile(
    rf"\b(?:the other|the remaining|the rest|les autres)\s(?:of\s)?(?:the\s)?"
    rf"(?:{FIGURE}|members|doctors)",
    re.IGNORECASE,
)


def read_size(title: str, read: list[Sentence], found: Findings) -> None:
    """Tell the size of the team, softened as the words soften it, and how many are women."""
    for sentence in own_first(read):
        _of_sentence(sentence, found)
        for women in _WOMEN.finditer(sentence.text):
            number = count(women["n"])
            if number is not None and number <= LARGEST_TEAM:
                found.tell(told(sentence, "women", str(number), women.span()))
    _by_title(title, found)
    _some_or_all(read, found)
    of_each(title, read, found)
    cooks(read, found)
    _settle(found)


def _some_or_all(read: list[Sentence], found: Findings) -> None:
    """Members counted where a sentence begins are only proposed, where no size is told."""
    for sentence in own_first(read):
        hit = _SOME_OR_ALL.match(sentence.text)
        number = counted(hit["n"]) if hit else None
        if hit and number and number <= LARGEST_TEAM and not found.first("size"):
            new = told(sentence, "size", str(number), hit.span())
            found.unsure(softened(new, "", "persons"))
            return


def tells_of_some(sentence: Sentence, found: Findings) -> bool:
    """True when a sentence tells of some members, set apart from the others by where they work."""
    if _OTHERS.search(sentence.text) and _SOME.search(sentence.text):
        return True
    size = found.first("size")
    if size is None or not _APART.search(sentence.text):
        return False
    said = [count(hit["n"]) or 0 for hit in _SOME.finditer(sentence.text)]
    return bool(said) and max(said) < int(size.value)


def _by_title(title: str, found: Findings) -> None:
    """The title's figure: told where the prose is silent, a doubt where it says otherwise."""
    for at in _IN_TITLES:
        hit = compiled(_SHAPES)[at].search(title)
        number = counted(hit["n"]) if hit else None
        if hit and number and number <= LARGEST_TEAM:
            soft = softness(title[: hit.start("n")])
            _keep(Told("size", str(number), hit.group(), "title", soft, "persons"), found)
            return


def _keep(new: Told, found: Findings) -> None:
    """A size that few teams have is only proposed."""
    if int(new.value) > _PLAIN:
        found.unsure(new)
    else:
        found.tell(new)


def _of_sentence(sentence: Sentence, found: Findings) -> None:
    if tells_of_some(sentence, found):
        return
    seen: set[int] = set()
    many = counts_years(sentence.text)
    for at, shape in enumerate(compiled(_SHAPES)):
        for hit in _hits(shape, sentence.text) if not (many and at in _SENT) else ():
            number = counted(hit["n"])
            span = bounds(hit["n"]) if number is None else None
            largest = span[1] if span else number
            if not largest or largest > LARGEST_TEAM or hit.start("n") in seen:
                continue
            if _is_part(sentence.text, hit):
                continue
            seen.add(hit.start("n"))
            if _of_many(sentence, hit, found):
                continue
            if span:
                found.doubt(within(told(sentence, "size", spanned(span), hit.span())))
                continue
            _one(sentence, hit, largest, found)


def _hits(shape: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every hit of a shape; "2014 three experts arrived" is read again behind its year."""
    at = 0
    while hit := shape.search(text, at):
        year = re.fullmatch(r"(?:19|20)\d\d", hit["n"])
        at = hit.end("n") if year else max(hit.end(), at + 1)
        if not year:
            yield hit


def _of_many(sentence: Sentence, hit: re.Match[str], found: Findings) -> bool:
    """ "11 teams with 116 members": the people of several teams, no size of this one."""
    lead = sentence.text[hit.start() : hit.start("n")]
    if not _MANY_TEAMS.search(lead):
        return False
    new = told(sentence, "cumulative_members", hit["n"], hit.span())
    found.doubt(
        Doubt(
            "CUMULATIVE_NOT_OWN",
            new.field,
            (("value", str(counted(hit["n"]) or hit["n"])), ("period", "…")),
            quotes=((new.column, new.quote),),
        )
    )
    return True


def _one(sentence: Sentence, hit: re.Match[str], number: int, found: Findings) -> None:
    """A figure and those named beside it: only the figure is certain, their sum is proposed."""
    total, end = all_told(sentence.text, hit, number)
    soft = softness(sentence.text[: hit.start("n")])
    new = softened(told(sentence, "size", str(total), (hit.start(), end)), soft, "persons")
    known = found.first("size")
    if total == number or known:
        _keep(new, found)
    else:
        found.unsure(new)


def _settle(found: Findings) -> None:
    """What is told elsewhere outright is no proposal any more."""
    known = found.first("size")
    proposed = [d for d in found.doubts if (d.code, d.field) == ("UNSURE", "size")]
    for doubt in proposed:
        if known and (known.value == doubt.proposes or _lies_in(int(known.value), doubt)):
            found.doubts.remove(doubt)


def _lies_in(size: int, doubt: Doubt) -> bool:
    span = bounds(dict(doubt.params)["value"])
    return span is not None and span[0] <= size <= span[1]


def _is_among(text: str, hit: re.Match[str]) -> bool:
    """ "90 doctors among them", "its crew of 310 includes 90 medics": some of a larger figure."""
    if re.match(r"\s(?:among|of)\s(?:them|whom|these)\b", text[hit.end() :]):
        return True
    clause = re.split(r"[.;:,]", text[: hit.start()])[-1]
    return hit.group().lower().startswith("includ") and re.search(FIGURE, clause) is not None


def _is_part(text: str, hit: re.Match[str]) -> bool:
    lead = text[: hit.start("n")]
    if _is_among(text, hit):
        return True
    if re.search(
        r"\b(?:including|among (?:them|whom)|of (?:them|whom)|an? additional|other)\s$", lead
    ):
        return True
    if is_foreign(text[max(0, hit.start() - 25) : hit.end()]):
        return True
    if re.match(r"\s?(?:from|in|at)\b", text[hit.end() :]) and _REST.match(text, hit.end()):
        return True
    if re.search(r"\beach\s(?:[\w’'-]+\s){0,3}$", text[: hit.start()], re.IGNORECASE):
        return True
    return bool(_A_PART.match(text[hit.end() :]) or _WOMEN.match(text, hit.start("n")))
