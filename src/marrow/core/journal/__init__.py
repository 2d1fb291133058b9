"""The one log: who changed what, when and from where. Tables are the truth; this is their trail.

    with journal(SEND_BATCH, by=viewer, at=at, scope=scope_of(mission)) as j:
        j.save(batch)          # the row, and one operation with the changed columns

An `Act` names the action, what people read of it, and how it may be undone.
"""

from marrow.core.journal.acts import ACTS, Act
from marrow.core.journal.writing import REFERENCE, Origin, Spoiled, journal, together

__all__ = ["ACTS", "REFERENCE", "Act", "Origin", "Spoiled", "journal", "together"]
