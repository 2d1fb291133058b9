"""What pages ask about recognition."""

from marrow.recognition.queries.certificates import (
    Line,
    certificate_with_code,
    certificates_of_mission,
    certificates_of_person,
    issuer_of,
    lines_of,
    motto_of,
    plain,
    still_away,
    to_certify,
)

__all__ = [
    "Line",
    "certificate_with_code",
    "certificates_of_mission",
    "certificates_of_person",
    "issuer_of",
    "lines_of",
    "motto_of",
    "plain",
    "still_away",
    "to_certify",
]
