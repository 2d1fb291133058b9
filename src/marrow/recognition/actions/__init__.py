"""What changes in recognition: certificates, ceremonies, names of the fallen."""

from marrow.recognition.actions.ceremonies import Awarded, honour_all, keep_agenda
from marrow.recognition.actions.certificates import issue_certificates, withdraw_certificate
from marrow.recognition.actions.remembered import (
    Family,
    correct_remembered,
    record_consent,
    remember,
    withdraw_consent,
)

__all__ = [
    "Awarded",
    "Family",
    "correct_remembered",
    "honour_all",
    "issue_certificates",
    "keep_agenda",
    "record_consent",
    "remember",
    "withdraw_certificate",
    "withdraw_consent",
]
