"""The way of a month's report: written, handed in by the site, reviewed, approved."""

from __future__ import annotations

DRAFT, SUBMITTED, REVIEWED, APPROVED, RETURNED = (
    "DRAFT", "SUBMITTED", "REVIEWED", "APPROVED", "RETURNED",
)  # fmt: skip
OPEN = (DRAFT, RETURNED)  # its site may write in it
COUNTS = (SUBMITTED, REVIEWED, APPROVED)
PASSED = (REVIEWED, APPROVED)  # a second person vouched for its figures
#: what each step asks of the state before
FROM = {
    "submit": OPEN, "review": (SUBMITTED,), "approve": (REVIEWED,),
    "send_back": (SUBMITTED, REVIEWED),
}  # fmt: skip


def may_step(step: str, state: str) -> bool:
    return state in FROM[step]
