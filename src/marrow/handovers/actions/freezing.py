"""What was handed in to be signed stays as it stands: the journal takes nothing of it back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marrow.core.journal.undoing import HELD_AS_IT_STANDS, changed_by
from marrow.core.models import Operation
from marrow.handovers.models import LINES, FollowUp, Handover, Line

NAMED = ("to_mission_id", "why_nobody")  # what a handover itself says that is signed


def lines_are_frozen(lines: list[Operation]) -> str:
    """Why lines or follow-ups of a handover are not taken out or brought back. What came of them
    since may be taken back: that was not signed."""
    touched = {_handover_of(line) for line in lines if _is_signed(line, _FROZEN[line.model].FROZEN)}
    return _why(touched)


def handover_is_frozen(lines: list[Operation]) -> str:
    """Why a handover is not made unbegun, nor another team named that follows."""
    return _why({line.record for line in lines if _is_signed(line, NAMED)})


def _is_signed(line: Operation, columns: tuple[str, ...]) -> bool:
    return line.kind != Operation.SET or not changed_by(line).keys().isdisjoint(columns)


def _handover_of(line: Operation) -> Any:
    if line.kind != Operation.SET:
        return next(filter(None, changed_by(line)["handover_id"]))
    rows = _FROZEN[line.model]._base_manager.filter(pk=line.record)
    return rows.values_list("handover", flat=True).first()


def _why(handovers: set[Any]) -> str:
    rows = Handover.objects.filter(pk__in=handovers).exclude(state=Handover.State.DRAFT)
    row = rows.select_related("from_mission").first()
    if row is None:
        return ""
    told = {"team": row.from_mission}
    if row.state == Handover.State.HANDED_IN:
        return (
            _("The handover of %(team)s is handed in, and frozen. Take it back to change it.")
            % told
        )
    return _("The handover of %(team)s is signed by all: what they signed stays as it is.") % told


_MODELS: tuple[type[Line | FollowUp], ...] = (*LINES.values(), FollowUp)
_FROZEN = {model._meta.label_lower: model for model in _MODELS}
for label in _FROZEN:
    HELD_AS_IT_STANDS.setdefault(label, []).append(lines_are_frozen)
HELD_AS_IT_STANDS.setdefault(Handover._meta.label_lower, []).append(handover_is_frozen)
