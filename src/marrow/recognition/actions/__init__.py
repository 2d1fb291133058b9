"""What changes in recognition: certificates are issued and withdrawn."""

from marrow.recognition.actions.certificates import issue_certificates, withdraw_certificate

__all__ = ["issue_certificates", "withdraw_certificate"]
