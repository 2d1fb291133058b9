"""Pure decisions: the wire, what two sides changed, when something was said."""

from marrow.sync.rules.clocks import said_at
from marrow.sync.rules.merging import Merged, merge
from marrow.sync.rules.schemas import Newer, as_today, upcasts
from marrow.sync.rules.wire import (
    HASH,
    HIGHEST,
    LARGEST,
    LONGEST_HEAD,
    VERSION,
    BadBatch,
    Batch,
    chained,
    parsed,
    read_batch,
    read_line,
)

__all__ = [
    "HASH", "HIGHEST", "LARGEST", "LONGEST_HEAD", "VERSION", "BadBatch", "Batch", "Merged",
    "Newer", "as_today", "chained", "merge", "parsed", "read_batch", "read_line", "said_at",
    "upcasts",
]  # fmt: skip
