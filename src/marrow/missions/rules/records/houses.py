"""Names of hospitals and towns as prose writes them."""

from __future__ import annotations

import re

from marrow.missions.rules.records.countries import country_code
from marrow.missions.rules.records.dates import MONTH_NAMES
from marrow.missions.rules.records.provinces import begins_in_china

LONGEST_NAME = 120
_CAPITAL = r"(?:(?:St|Dr|[A-Z]|[A-Z]\.[A-Z])\.|[A-ZÀ-Ý][\w’'-]*)"
# Fields of medicine, of which one hospital may name two: "Obstetric and Pediatric Hospital".
_FIELD = (
    r"(?:[\w’'-]*(?:[Gg]yna?e|[Oo]bst|[Pp]a?edi|[Mm]atern|[Mm]other|[Cc]hild|[Ww]om[ae]n|[Ii]nfant"
    r"|[Nn]eonat|[Ss]urg|[Tt]raum|[Oo]rthop|[Ii]nfect|[Tt]ropic|[Cc]hest|[Hh]eart|[Cc]ardi|[Ee]ye\b"
    r"|[Ee]ar\b|[Dd]ent|[Oo]phthal|[Pp]sych|[Mm]ental|[Cc]ancer|[Oo]ncol|[Bb]urn|[Ee]mergen"
    r"|[Aa]cupunc|[Rr]ehab|[Rr]esearch|[Tt]raining|[Tt]eaching|[Rr]eferral|[Dd]iagnos|[Mm]edicine\b"
    r"|[Pp]hysi[co])[\w’'-]*)"
)
_PAIRED = rf"(?:{_FIELD}\sand\s(?={_FIELD}))"
_KIND = (
    r"(?:Hospitals?|Medical\s(?:Cent(?:er|re)|College)|Health\sCent(?:er|re)|Clinic|Polyclinic"
    r"|Treatment\sUnit|Maternity)\b"
)
# "Alba Central Hospital", "Central Hospital of Alba"; the "in" of "Hospital in Alba" is no part.
_ENGLISH = (
    rf"(?<![\w-])(?:{_PAIRED}|{_CAPITAL}[\s]+|(?:of|de|du|da|do|la|es|al|el)\s+){{0,8}}?{_CAPITAL}[\s-]+"
    r"(?:(?:Referral|Teaching|General|Central|Regional|District|Provincial|National|Memorial)\s)*"
    rf"{_KIND}(?:\s(?:Teaching\s)?Hospital\b)?(?:\sComplex\b)?"
    rf"(?:\sof\s(?!the\b|[Cc]hin)(?!\w+\sProvince){_CAPITAL}(?:[\s-]{_CAPITAL}){{0,2}})?"
)
# "hôpital régional de Kara", "Hospital Central de Alba", "Centre hospitalier de Alba".
_ROMANCE = (
    r"(?<![\w-])(?:[Hh][ôo]pita(?:l|ux)|Hospital|[Cc]entre\s[Hh]ospitalier|CHU|CHR|[Pp]olyclinique"
    r"|[Mm]aternité)(?:\s(?:[Cc]entral|[Rr]égional|[Gg]énéral|[Nn]ational|[Uu]niversitaire"
    r"|[Pp]rovincial|[Pp]réfectoral|[Ii]nterrégional|[Gg]eral|[Rr]egional|[Nn]acional|militaire"
    r"|[Dd]istrital|d['’]amitié|de\s(?:zone|district|base|référence|l['’][Aa]mitié)))*"
    rf"(?:\s(?:de|du|da|do|des)(?:\sla)?|\sd['’](?=[A-ZÀ-Ý])|(?=\s[A-ZÀ-Ý]))\s?{_CAPITAL}"
    rf"(?:(?:\s(?:de|du|da|do))?[\s-]{_CAPITAL}){{0,3}}"
)
HOUSE = re.compile(rf"{_ENGLISH}|{_ROMANCE}")
# "Dar es Salaam", "el-Obeid", "Rio do Alba".
PLACE = (
    rf"(?:(?:el|al)-)?{_CAPITAL}"
    rf"(?:[\s-]+(?:(?:es|de|al|el|la|le|du|da|do)[\s-]+)?{_CAPITAL}){{0,2}}"
)
NOT_A_NAME = frozenset({
    "The", "A", "An", "In", "On", "At", "Of", "Chinese", "China", "Since", "And", "This", "That",
    "They", "Each", "During", "After", "Local", "Other", "Another", "Africa", "West", "Some",
    "From", "Both", "Its", "New", "Le", "La", "Les", "Des",
})  # fmt: skip
_NO_PART = NOT_A_NAME | {"of", "de", "and", "la", "du", "da"}
_NO_TOWN = re.compile(
    r"Provinc|Hospital|H[ôo]pital|Cent(?:er|re)|College|Clinic|Ebola|Ministry|Project|Embassy"
    r"|Airport|University|Medical|Team|Dr\b|^(?:Sub-)?Saharan"
)


def trimmed(name: str, start: int) -> tuple[str, int]:
    """A name without the words that only begin its sentence: "The new Chinese-aided …"."""
    while True:
        head, _, rest = name.partition(" ")
        if rest and (head in _NO_PART or head.startswith("Chinese-")):
            gap = len(name) - len(rest)
            name, start = rest.lstrip(), start + gap + len(rest) - len(rest.lstrip())
        else:
            return name, start


def is_abroad(name: str) -> bool:
    """True for a hospital outside China, though it may bear a Chinese city's name."""
    words = name.split()
    if any(word.startswith("Friendship") or "-" in word for word in words) or "Sino" in name:
        return True
    return not begins_in_china(name)


def is_town(name: str) -> bool:
    """True for what may be a town: no country, month, province of China or institution."""
    first = name.split(maxsplit=1)[0]
    return not (
        country_code(name.removesuffix("'s").removesuffix("’s"))
        or name.endswith(".")
        or first in NOT_A_NAME
        or first.lower().rstrip(".") in MONTH_NAMES
        or begins_in_china(name)
        or _NO_TOWN.search(name)
    )


def same_house(one: str, other: str) -> bool:
    """True when one name is the other with some of its words left out."""
    short, long = sorted((set(one.casefold().split()), set(other.casefold().split())), key=len)
    return short <= long
