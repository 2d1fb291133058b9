"""What changes in sources, by topic: documents and facts, findings and work."""

from marrow.sources.actions.facts import Source, keep_document, keep_told, tell_source
from marrow.sources.actions.findings import (
    accept_finding,
    close_work,
    dismiss_finding,
    finish_work,
    keep_doubts,
    open_work,
    raise_findings,
    retell_work,
    tell_anew,
)
from marrow.sources.actions.intakes import (
    cancel_intake,
    map_columns,
    receive_file,
    start_intake,
)
from marrow.sources.actions.striking import strike_fact

__all__ = [
    "Source",
    "accept_finding",
    "cancel_intake",
    "close_work",
    "dismiss_finding",
    "finish_work",
    "keep_document",
    "keep_doubts",
    "keep_told",
    "map_columns",
    "open_work",
    "raise_findings",
    "receive_file",
    "retell_work",
    "start_intake",
    "strike_fact",
    "tell_anew",
    "tell_source",
]
