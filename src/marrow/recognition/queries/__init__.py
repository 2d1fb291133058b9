"""What pages ask about recognition."""

from marrow.recognition.queries.ceremonies import (
    Meant,
    agenda_lines,
    called,
    ceremonies,
    ceremony_page,
    honourees,
    list_rows,
    meant_groups,
    meant_people,
)
from marrow.recognition.queries.certificates import (
    Line,
    certificate_with_code,
    certificates_of_mission,
    certificates_of_person,
    holding,
    issuer_of,
    lines_of,
    plain,
    still_away,
    teams_at_home,
    to_certify,
)
from marrow.recognition.queries.remembered import kept_names, names_shown

__all__ = [
    "Line",
    "Meant",
    "agenda_lines",
    "called",
    "ceremonies",
    "ceremony_page",
    "certificate_with_code",
    "certificates_of_mission",
    "certificates_of_person",
    "holding",
    "honourees",
    "issuer_of",
    "kept_names",
    "lines_of",
    "list_rows",
    "meant_groups",
    "meant_people",
    "names_shown",
    "plain",
    "still_away",
    "teams_at_home",
    "to_certify",
]
