"""How many people a team has."""

from __future__ import annotations

import re

from marrow.missions.rules.records.figures import FIGURE, SOFTENER, count, softness
from marrow.missions.rules.records.finds import Findings, own_first, softened, told
from marrow.missions.rules.records.prose import TEAM, Sentence
from marrow.missions.rules.records.told import Told

LARGEST_TEAM = 1_000  # beyond it the figure counts something else
_PERSON = (
    r"(?:members?|people|persons?|doctors?|physicians?|experts?|surgeons?|specialists?"
    r"|personnel|professionals?|staff|workers?|medics|individuals|trainers|officers)\b"
)
_KIND = r"(?:[\w’'-]+\s){0,4}?"
_ONE = rf"(?P<n>{FIGURE})"
_SHAPES = (
    # a 27-member team, 27-strong, 30 member Chinese medical team
    (
        rf"{_ONE}[\s-](?:members?|person|man|people|strong|expert|doctor"
        rf"|strength)(?=[\s-](?!of\b){_KIND}{TEAM}|-strong)"
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
        rf"\b{TEAM}(?:\s\([^()]{{0,60}}\))?,?\s(?:of|with|has"
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
)
_SHAPED = tuple(re.compile(shape, re.IGNORECASE) for shape in _SHAPES)
# "sent 8 doctors for training", "11 of the 29 members", "four members were awarded": a part.
_A_PART = re.compile(
    r"^[^.;,]{0,60}\b(?:for training|to study|to china|to receive)\b", re.IGNORECASE
)
_AND_MORE = re.compile(
    rf"^,?\s(?:and|as well as)\s(?P<more>{FIGURE}|an?)\s(?!half)(?P<who>{_KIND}"
    r"(?:expert|cook|interpreter|translator|chef|engineer|technician|nurse|driver|officer)s?)\b",
    re.IGNORECASE,
)
_WOMEN = re.compile(
    rf"(?P<n>{FIGURE})\s(?:of\s(?:them|whom)\s(?:are\s|were\s)?)?"
    r"(?:are\s|were\s)?(?:women\b|females?\b|female\s(?:members?|doctors?|physicians?|experts?))",
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


def _by_title(title: str, found: Findings) -> None:
    """The title's figure: told where the prose is silent, a doubt where it says otherwise."""
    for at in (0, 4, 5):
        hit = _SHAPED[at].search(title)
        number = count(hit["n"]) if hit else None
        if hit and number and number <= LARGEST_TEAM:
            soft = softness(title[: hit.start("n")])
            found.tell(Told("size", str(number), hit.group(), "title", soft, "persons"))
            return


def _of_sentence(sentence: Sentence, found: Findings) -> None:
    for shape in _SHAPED:
        for hit in shape.finditer(sentence.text):
            number = count(hit["n"])
            if not number or number > LARGEST_TEAM or _is_part(sentence.text, hit):
                continue
            one = softened(
                told(sentence, "size", str(number), hit.span()),
                softness(sentence.text[: hit.start("n")]),
                "persons",
            )
            more = _AND_MORE.match(sentence.text[hit.end() :])
            if more and found.first("size") is None:
                extra = 1 if more["more"].lower() in ("a", "an") else count(more["more"]) or 0
                span = (hit.start(), hit.end() + more.end())
                found.unsure(told(sentence, "size", str(number + extra), span))
            else:
                found.tell(one)


def _is_part(text: str, hit: re.Match[str]) -> bool:
    lead = text[: hit.start("n")]
    if re.search(
        r"\b(?:including|among (?:them|whom)|of (?:them|whom)|an? additional|other)\s$", lead
    ):
        return True
    return bool(_A_PART.match(text[hit.end() :]) or _WOMEN.match(text, hit.start("n")))
