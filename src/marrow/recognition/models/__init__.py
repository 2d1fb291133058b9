"""Certificates, ceremonies and those who did not come home."""

from marrow.recognition.models.ceremonies import AgendaItem, Honouree
from marrow.recognition.models.certificates import Certificate
from marrow.recognition.models.remembered import Consent, Remembered

__all__ = ["AgendaItem", "Certificate", "Consent", "Honouree", "Remembered"]
