"""Whose journey a verb tells, and whether it was made, denied or only planned."""

from __future__ import annotations

import re

# "will work until", "is to return in", "doit rester jusqu'en": what is planned has not been.
_PLANNED = re.compile(
    r"\b(?:will|would|shall|should|(?:is|are|was|were)\s(?:also\s)?(?:to|due|set|bound|scheduled|expected"
    r"|planned|supposed|about|slated)|expect\w*|plan(?:s|ned|ning)?|schedul\w+|due|intend\w*|hop(?:es?|ed|ing)"
    r"|going to|agreed to|pr[ée]vu\w*|do(?:it|ivent)|dev(?:ait|aient)|devr(?:a|ont|ait|aient)"
    r"|va|vont"
    r"|compt(?:e|ent)\s(?=\w+er\b))\b",
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:rentr|retourn|regagn|quitt|rest|séjourn|travaill|achèver|terminer)\w*(?:ra|ront)\b", re.I
)
_NOT = re.compile(
    r"\b(?:not|never|n['’]t|no longer|did not|without|ne|n['’](?:a|ont|est))\b[^.;,]{0,25}$"
    r"|\b(?:no|none)\s(?:[\w’'-]+\s){0,7}$",
    re.I,
)
_UNTIL = re.compile(r"\b(?:until|till|before|avant|jusqu)", re.I)
# Whose journey it is: the noun before the verb that is nearest to it.
_OURS = re.compile(
    r"\b(?:teams?|batch(?:es)?|groups?|contingents?|missions?|brigades?|members?|doctors?|physicians?"
    r"|experts?|medics|personnel|staff|surgeons?|specialists?|persons?|people|workers?|they|it|all|she|he"
    r"|china|chinese|detachments?|delegations?|[ée]quipes?|m[ée]decins?|membres?|personnes|elles?|ils?"
    r"|term|tour|stay|service|work|province|municipality|region|nurses?|acupuncturists?|ophthalmologists?)\b",
    re.I,
)
_THEIRS = re.compile(
    r"\b(?:president|presidential|minister|ministry|ambassador|king|queen|governor|government|relations?|ties"
    r"|coup|war|rebels?|rebellion|embassy|army|troops|soldiers|peacekeepers|refugees|patients?|outbreak"
    r"|epidemic|election|cuban|russian|soviet|indian|egyptian|pakistani|american|french|british|german|nigerian"
    r"|korean|japanese|taiwanese|taiwan|italian|ukrainian|bulgarian|canadian|spanish|portuguese|polish"
    r"|turkish|israeli|saudi|msf|red cross|construction|hospital|delegation of|cubaine?s?"
    r"|président|ministre|ambassadeur|gouvernement|guerre|russes?|hôpital|shipment|equipment|drugs|ship"
    r"|donation|medicines)\b",
    re.I,
)


def is_anothers(text: str, start: int) -> bool:
    """ "five Cuban doctors left", "the president left": the verb at `start` is somebody else's.

    A people's name before "doctors" makes them somebody else's.
    """
    lead = text[:start]
    theirs = list(_THEIRS.finditer(lead))[-1:]
    if not theirs:
        return False
    ours = [hit for hit in _OURS.finditer(lead) if hit.start() > theirs[0].end()]
    if not ours:
        return not _in_a_phrase(lead, theirs[0].start())
    # "the Cuban brigade has 200 doctors who arrived": of that people up to the next clause
    parted = re.search(r"[,;:.]|\b(?:and|but|while)\b", lead[theirs[0].end() :])
    return is_foreign(theirs[0].group()) and parted is None


def is_foreign(text: str) -> bool:
    """ "the Cuban brigade": people of another country than the one that sends."""
    hit = list(_PEOPLES.finditer(text))[-1:]
    return bool(hit) and "hines" not in text[hit[0].end() :]


_PEOPLES = re.compile(
    r"\b(?:cuban|russian|soviet|indian|egyptian|pakistani|american|french|british|german|nigerian|korean"
    r"|japanese|taiwanese|taiwan|italian|ukrainian|bulgarian|canadian|spanish|portuguese|polish|turkish"
    r"|israeli|saudi|msf|construction)\b",
    re.I,
)
# "the team of Alba Hospital arrived", "at the invitation of the government": no subject.
_PHRASE = re.compile(
    r"\b(?:of|at|in|from|by|with|to|for|under|on|and|after|du|de|des|à|au|par)\s"
    r"(?:(?:the|a|an|its|their|la|le|l['’]|[A-Z][\w’'-]*)\s?){0,6}$"
)


def _in_a_phrase(lead: str, at: int) -> bool:
    return bool(_PHRASE.search(lead[:at])) and _OURS.search(lead[:at]) is not None


def is_denied(text: str, start: int, end: int) -> bool:
    """ "did not return in 2009"; "did not arrive until May" tells of an arrival."""
    hit = _NOT.search(text[:start])
    return bool(hit) and not _UNTIL.search(text[end : end + 60])


def is_planned(text: str, start: int, end: int) -> bool:
    """ "will return", "is to stay until": words of a plan stand before the verb, in its clause."""
    clause = re.split(r"[.;:]|,\s(?:and|but)\s|\bbut\b", text[:start])[-1]
    hits = list(_PLANNED.finditer(clause))
    if hits:
        between = clause[hits[-1].end() :]
        return len(between) < _FAR_PLAN and not re.search(r"\b(?:and|but|who|which)\b|,", between)
    return bool(_FUTURE.search(text[start:end]))


_FAR_PLAN = 40  # characters between "will" and the verb that it plans
