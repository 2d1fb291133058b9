"""The sides of a handover in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marrow.handovers.models import Handover, Signature


def side_words(row: Handover) -> dict[str, str]:
    """The sides by name; where no team follows, somebody on the spot takes over."""
    words = {code: str(label) for code, label in Signature.Side.choices}
    if row.to_mission_id is None:
        words[Signature.Side.INCOMING.value] = _("who takes over, for no team follows")
    return words
