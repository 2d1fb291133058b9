"""Certificates, ceremonies and those who did not come home."""

from marrow.recognition.models.certificates import Certificate

__all__ = ["Certificate"]
