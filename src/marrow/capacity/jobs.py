"""What the worker does for this room: it keeps the answers of lists up with the journal."""

from marrow.capacity.actions.keeping import keep_answers
from marrow.core.journal.derived import keeps_up

keeps_up(keep_answers)
