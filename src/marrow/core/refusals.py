"""Refusals that a person caused and can act on. Anything else that is raised is a bug."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """An action was refused for a reason that the reader can act on."""

    code = "refused"
    status = 422

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = message


class NotAllowed(Refused):
    """The viewer is known and may see the thing, but not do this to it."""

    code = "not-allowed"
    status = 403


class Unseen(Refused):
    """The thing is not there, or is not for this viewer's eyes: both look the same."""

    code = "unseen"
    status = 404


class Overtaken(Refused):
    """Somebody else changed the same field since this viewer read it."""

    code = "overtaken"
    status = 409
