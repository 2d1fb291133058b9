"""Pages: what an area can treat, a hospital’s ladder, and what it stands on."""

from marrow.capacity.views.care import changes, expect, explained, index, item, matrix, sheet
from marrow.capacity.views.ladder import (
    book,
    end,
    hospital,
    propose,
    sign,
    step,
    to_sign,
    void_evidence,
    which,
)
from marrow.capacity.views.standing import (
    accept,
    check,
    end_supervision,
    machine,
    offer,
    staff,
    supply,
    tell,
)

__all__ = [
    "accept", "book", "changes", "check", "end", "end_supervision", "expect", "explained",
    "hospital", "index", "item", "machine", "matrix", "offer", "propose", "sheet", "sign",
    "staff", "step", "supply", "tell", "to_sign", "void_evidence", "which",
]  # fmt: skip
