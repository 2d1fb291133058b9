"""The actions that the journal knows, each with its words and its way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

BY_FIELDS = "fields"  # the columns go back to what they were
NEVER = "never"  # signatures, publications, letters sent, what the clock told
COUNTER = "counter"  # another, named action undoes it


@dataclass(frozen=True, slots=True)
class Act:
    """`name` is the verb in code, `label` what a history page says, `undo` how it goes back.

    With `undo=COUNTER`, `counter` says which action undoes it. One that `hides` puts words right
    that should never have stood there: the journal keeps them, a history shows them only to who
    keeps the record. What is `own` is somebody's word on their own hospital: who told it may take
    it back, not only who keeps the records.
    """

    name: str
    label: str | Promise
    undo: str = BY_FIELDS
    counter: str = ""
    hides: bool = False
    own: bool = False
    tells: Callable[[str], str] = str

    def __post_init__(self) -> None:
        if ACTS.get(self.name, self) != self:
            raise ValueError(f"Two acts are called {self.name}: no history could tell them.")
        ACTS[self.name] = self


ACTS: dict[str, Act] = {}
