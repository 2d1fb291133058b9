"""What the core itself does that the journal tells of: backups taken, drilled, put back."""

from __future__ import annotations

from marrow.core.backups.drilling import DRILL, drill
from marrow.core.backups.moments import DRILL_MOMENT, drill_to
from marrow.core.backups.restoring import restore
from marrow.core.backups.taking import TAKE, back_up

__all__ = ["DRILL", "DRILL_MOMENT", "TAKE", "back_up", "drill", "drill_to", "restore"]
