"""What sort of thing a row tells of, and in which of a country's series a batch stands."""

from __future__ import annotations

import re

from marrow.missions.rules.records.countries import countries_in
from marrow.missions.rules.records.naming import named_teams
from marrow.missions.rules.records.prose import OWN, Sentence
from marrow.missions.rules.records.told import NUMBERED

_MEDICAL = re.compile(
    r"\b(?:m[ée]dic|m[ée]dec|h[ôo]pita|doctor|physician|surg|hospital|health|nurse|clinic|patient|epidem|ebola"
    r"|malaria|cataract|acupunct|disease|dent(?:al|ist)|vaccin|pharma|medicine|anti-)",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:medic(?:al|s)|medial|doctors?|physicians?|surgeons?|nurses?|health (?:experts?|workers?)"
    r"|(?:medical|health|aid) (?:personnel|staff|specialists?))"
)
_SENT = re.compile(
    rf"\b{_PEOPLE}[^.;]{{0,60}}\b(?:team|group|batch|mission|brigade|contingent|delegation|experts?"
    rf"|personnel|staff|officers?)s?\b|\b(?:send|sent|dispatch|arriv|welcom|leave"
    rf"|left)\w*\b[^.;]{{0,60}}"
    rf"\b{_PEOPLE}|\b(?:Chinese|PLA|military)\s(?:{_PEOPLE})\b|\bmedical (?:aid "
    rf"|assistance )?teams?\b|\b(?:[ée]quipes?|missions?|brigades?) m[ée]dicales?\b"
    r"|\bm[ée]decins\b",
    re.IGNORECASE,
)
# "A dental mission visited", "a group of optometrists": people went, of a kind that none fits
_SPECIAL = (
    r"(?:dent(?:al|ists?)|eye|optic\w*|optometr\w+|ophthalm\w+|nurs\w+|midwi\w+|acupunctur\w+"
    r"|pharmac\w+|surg\w+|orthop\w+|cardi\w+|health|medical|epidemiolog\w+|physio\w+|radiolog\w+)"
)
_WENT = re.compile(
    rf"\b{_SPECIAL}(?:\s[\w-]+)?\s(?:missions?|delegations?|teams?|groups?|brigades?|experts|camps?)\b"
    r"|\b(?:group|team|delegation|mission)s?\sof\s(?:\w+\s){0,2}?"
    rf"{_SPECIAL}\b",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:teams?|brigades?|batch|contingent|experts?|doctors?|rescuers|[ée]quipes?|m[ée]decins)\b",
    re.IGNORECASE,
)


def _says(words: str, text: str) -> bool:
    return re.search(rf"\b(?:{words})", text, re.IGNORECASE) is not None


# What a title says outright, the most telling first.
_TITLES: tuple[tuple[str, str], ...] = (
    ("LOAN", r"loans?\b"),
    ("HOSPITAL_SHIP", r"hospital ship|peace ark|medical ship"),
    ("OUTBREAK_EXPERTS", r"ebola|sars\b|cholera|outbreak|epidemic|yellow fever|avian flu|h1n1"),
    ("SHORT_SURGICAL", (r"cataract|brightness (?:action|journey|trip|campaign)|eye (?:surg|operat"
                        r"|camp"
                       r"|doctors|team|specialist|treat)|sight[- ]restor|cleft|heart surger")),
    ("FREE_CLINIC", (r"free (?:clinic|medical (?:camp|service|care|treat|check|consult)|treatment"
                    r"|health (?:check|camp))|medical camp")),
    ("ONLINE_COURSE", r"online (?:course|train)|video (?:train|lecture)|webinar|tele-?train"),
    ("TWINNING", r"twin(?:s|ned|ning)?\b|sister hospital|paired hospital"),
    ("ADVISER", r"advis[eo]rs?\b"),
    ("CADRE", r"cadres?\b"),
    ("TOUR", r"medical tour|roving medical|tour(?:ing)? (?:clinic|medical)|mobile medical tour"),
)  # fmt: skip
_GIVES = (
    r"donat|dons? (?:de |d['’])|fait don|hands? over|handed over|gift|gives? (?:medic|equip|drug)"
    r"|suppl(?:y|ies)\b"
    r"|provides? (?:medical equipment|drugs|medicines)|malaria(?:l)? drugs|ambulances?\b|equipment"
)
_GIVES_PEOPLE = r"donat\w+ of (?:\w+ ){0,3}(?:teams?|brigades?|doctors)"
_RESCUE = r"earthquake|tsunami|flood|cyclone|hurricane|rescue|relief team|disaster"
_RESCUERS = (
    r"(?:search[ -]and[ -]rescue|rescue|(?:disaster|emergency|earthquake) relief|relief)"
    r" (?:\w+ ){0,2}?(?:team|squad|personnel|workers|mission)|rescuers"
)
_COURSE = r"train(?:s|ed|ing|ees?)?\b|lectur(?:es?|ed|ing)\b|seminar|workshop|scholarship|course\b"
_WORKS = r"construct|build|rehabilitat|renovat|refurbish|laborator|malaria (?:cent|prevention)"


def kind_of(title: str, description: str, flow: str, read: list[Sentence]) -> str:
    """The kind of a row: what its title says outright, else what its prose tells."""
    both = f"{title}. {description}"
    if _is_rescue(title, read):
        return "RELIEF_TEAM"
    if not _MEDICAL.search(both):
        return "DONATION" if _says(_GIVES, title) else "NOT_A_MISSION"
    if _says("loan", flow) and not named_teams(title):
        return "LOAN"
    outright = _by_title(title, both)
    if outright:
        return outright
    return _by_prose(title, read)


def _is_rescue(title: str, read: list[Sentence]) -> bool:
    """A team of rescuers went, medical or not; things given after a disaster are a donation."""
    if _says(_GIVES, title) or named_teams(title):
        return False
    own = " ".join(one.text for one in read if one.about == OWN)
    went = (
        rf"(?:{_RESCUERS})\b[^.;]{{0,80}}\b(?:arriv|sent|left|flew|land|dispatch|went|help|search)"
    )
    return _says(_RESCUERS, title) or (
        not _MEDICAL.search(title) and _says(_RESCUE, f"{title}. {own}") and _says(went, own)
    )


def _by_title(title: str, both: str) -> str:
    gives = _says(_GIVES, title) and not _says(_GIVES_PEOPLE, title)
    people = _TEAM.search(title)
    if named_teams(title):
        return _of_numbered(title, gives)
    for kind, words in _TITLES:
        if _says(words, title) and not (gives and not _says(r"(?:team|expert|doctor)s?\b", title)):
            return "DONATION" if gives and kind != "LOAN" else kind
    if gives:
        return "DONATION"
    if people and _says(_RESCUE, title):
        return "RELIEF_TEAM"
    if _says(r"pledges? .{0,40}(?:computer|fund|usd|rmb|yuan|\$)|grants? .{0,20}(?:\$|usd)", title):
        return "DONATION"
    return _of_work(title, both)


def _of_work(title: str, both: str) -> str:
    if _says(_COURSE, title) and not _says(r"medical teams?\b|brigades?\b", title):
        return "TRAINING"
    if _says(_WORKS, title) and not _TEAM.search(title):
        return "NOT_A_MISSION"
    if _says(r"malaria", title) and _says("experts?", title):
        return "HOSPITAL_PROJECT"
    if named_teams(both):
        return ""
    return "" if _SENT.search(both) or _says(r"free \w+ operations", both) else "NOT_A_MISSION"


def _of_numbered(title: str, gives: bool) -> str:
    if gives:
        return "DONATION"
    for kind in ("FREE_CLINIC", "TWINNING"):
        if _says(dict(_TITLES)[kind], title):
            return kind
    if _says(r"ebola|relief|rescue|earthquake|cataract|brightness", title):
        return "OUTBREAK_EXPERTS" if _says("ebola", title) else ""
    return (
        "SIX_MONTH_TEAM" if _says(r"six-month|6-month|teaching team", title) else "RESIDENT_BATCH"
    )


# What the prose tells where the title leaves it open, the most telling first.
_PROSE: tuple[tuple[str, str], ...] = (
    ("SHORT_SURGICAL", r"free (?:cataract|eye|surg)|cataract (?:oper|surg)"),
    ("HOSPITAL_SHIP", r"hospital ship|peace ark"),
    ("RELIEF_TEAM", _RESCUE),
    ("OUTBREAK_EXPERTS", r"ebola|cholera|outbreak|sars\b"),
)
_CLINIC = r"free (?:clinic|medical (?:camp|treat))"
# "sent a team … for six months", "a six-month mission"
_HALF_A_YEAR = (
    r"(?:teams?|doctors|experts|specialists|surgeons)\b[^.;]{0,140}\bfor (?:six|6)[ -]months?\b"
    r"|(?:six|6)-month (?:\w+ ){0,2}?(?:mission|tour|term|stay|team|assignment)\b"
)
_RESIDENT = (
    r"medical teams?|[ée]quipes? m[ée]dicales?|missions? m[ée]dicales?|brigades?|doctors?"
    r"|medical officers?|medical (?:group|mission)"
)


def _by_prose(title: str, read: list[Sentence]) -> str:
    own = " ".join(one.text for one in read if one.about == OWN)
    near = f"{title}. {own}"
    for kind, words in _PROSE:
        if _says(words, near):
            return kind
    if _says(_HALF_A_YEAR, near) and not named_teams(near):
        return "SIX_MONTH_TEAM"
    if _says(_CLINIC, near) and not named_teams(own):
        return "FREE_CLINIC"
    return "RESIDENT_BATCH" if named_teams(own) or _says(_RESIDENT, near) else "NOT_A_MISSION"


_ARMED = re.compile(
    r"\b(?:military medical|military doctors|military surgeons|army medical|PLA\b"
    r"|People['’]s Liberation Army|medical soldiers|military (?:health|hospital) experts)",
    re.IGNORECASE,
)
# Islands and territories that are served apart from their mainland.
APART = re.compile(
    r"\b(Zanzibar|Pemba|Rodrigues|Anjouan|Moh[eé]li|Moheli|Grande Comore|Ngazidja|Bioko|Annob[oó]n"
    r"|Pr[ií]ncipe|Santiago|S[aã]o Vicente|Gozo|Puntland|Somaliland|Rotuma|Tobago)\b(?! and\b)"
)
_GOES_TO = re.compile(
    r"\b(?:to|in|at|for)\s+(?:the\s+)?((?:[A-Z][\w.'’-]*\s){1,8}(?:Hospital|Cent(?:er|re)))(?=\s|$|,)"
)


def is_island(track: str) -> bool:
    """True for a series that an island counts for itself."""
    return APART.fullmatch(track.removeprefix("SITE:")) is not None


def is_armed(title: str, read: list[Sentence]) -> bool:
    """True when the armed forces send the team."""
    own = " ".join(one.text for one in read if one.about == OWN)
    return bool(_ARMED.search(title) or _ARMED.search(own))


def track_of(kind: str, title: str, recipient: str, read: list[Sentence]) -> str:
    """'' for the civil series; MILITARY, or SITE:<place> for a series beside it."""
    if is_armed(title, read):
        return "MILITARY"
    if kind not in NUMBERED:
        return ""
    island = island_of(title, read)
    if island:
        return f"SITE:{island}"
    house = _GOES_TO.search(title)
    if house and recipient:
        return f"SITE:{house.group(1).strip()}"
    return ""


def island_of(title: str, read: list[Sentence]) -> str:
    """The island that a record is about, or '': "Sao Tome and Principe" names a country."""
    island = APART.search(title) or _named_apart(read)
    if island and not any(island.group(1) in name for _, name in countries_in(title)):
        return island.group(1)
    return ""


def _named_apart(read: list[Sentence]) -> re.Match[str] | None:
    """ "The 20th medical team to Zanzibar": the island that a numbered team is named after."""
    shape = re.compile(r"\b(?:team|batch|group|mission)s?\s+(?:sent |dispatched )?(?:to|in)\s+")
    for one in read:
        for lead in shape.finditer(one.text):
            island = APART.match(one.text, lead.end())
            if island:
                return island
    return None


def may_have_gone(title: str, read: list[Sentence]) -> bool:
    """True where a row that is of no kind speaks of health workers who went as a group."""
    own = " ".join(one.text for one in read if one.about == OWN)
    return _WENT.search(f"{title}. {own}") is not None
