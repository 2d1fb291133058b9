"""What changes in sources, by topic: documents and facts, findings and work."""

from marrow.sources.actions.facts import keep_document, keep_told
from marrow.sources.actions.findings import (
    accept_finding,
    dismiss_finding,
    finish_work,
    open_work,
    raise_findings,
)

__all__ = [
    "accept_finding",
    "dismiss_finding",
    "finish_work",
    "keep_document",
    "keep_told",
    "open_work",
    "raise_findings",
]
