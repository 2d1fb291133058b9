"""What a person wrote, in up to three languages, each only where somebody said it so.

The column keeps the words as they were first written: those are signed, searched, exported and
sent to phones. `tongues` holds the same in other languages, and a reader gets theirs where it is
there, else the first, marked with its language.
"""

from __future__ import annotations

import re
from typing import ClassVar

from django.db import models

from marrow.core.models import Record
from marrow.core.words import TONGUES, Names, tongue

_HAN = re.compile(r"[\u3400-\u9fff]")
_FRENCH = re.compile(
    r"[àâçèéêëîïôùûœ]|\b(le|la|les|un|une|des|du|de|et|est|pour|par|avec|sans|sur|au|aux)\b", re.I
)
_ENGLISH = re.compile(
    r"\b(the|a|an|and|of|to|for|with|is|are|was|in|on|by|not|no|their|from)\b", re.I
)


def tongue_of(text: str) -> str:
    """en, zh or fr by script and small words; '' where they do not tell."""
    if _HAN.search(text):
        return "zh"
    french, english = len(_FRENCH.findall(text)), len(_ENGLISH.findall(text))
    if french == english:
        return ""
    return "fr" if french > english else "en"


class Spoken(Record):
    """A record with words that may stand in several languages: the columns in `SPOKEN`."""

    SPOKEN: ClassVar[tuple[str, ...]] = ()

    tongues = models.JSONField(default=dict, blank=True)  # {column: Names}

    class Meta:
        abstract = True

    def said(self, column: str) -> str:
        """In the reader's language where it was said in that, else as it was written."""
        return self.also(column).get(tongue()) or getattr(self, column)

    def also(self, column: str) -> Names:
        found: Names = self.tongues.get(column, {})
        return found

    def say(self, column: str, words: str) -> None:
        """Write other words; what was said of the old ones in other languages goes."""
        if words != getattr(self, column):
            setattr(self, column, words)
            self.forget_tongues(column)

    def forget_tongues(self, *columns: str) -> None:
        """What was said of these columns in other languages is said no more."""
        self.tongues = {name: said for name, said in self.tongues.items() if name not in columns}

    def overwrites(self) -> bool:
        """Whether other words stand in it than were read."""
        read = getattr(self, "as_read", {})
        return any(name in read and getattr(self, name) != read[name] for name in self.SPOKEN)

    def catch_up(self, held: dict[str, Names]) -> None:
        """What was said in other languages since this was read: it was said of the old words."""
        if self.tongues == self.as_read.get("tongues", self.tongues):
            self.tongues = held
            self.as_read["tongues"] = {name: dict(said) for name, said in held.items()}

    def forget_overwritten(self) -> None:
        """Of words that were overwritten since this was read: what was said of the old ones in
        other languages goes, unless it was said anew with them, or says the new ones too.

        Whatever writes the row comes by here (`Page.save`), so that nobody has to think of it.
        """
        read = getattr(self, "as_read", {})
        for column in [name for name in self.SPOKEN if name in read]:
            words, said = getattr(self, column), self.also(column)
            overwritten = words != read[column] and words not in said.values()
            if overwritten and said == read["tongues"].get(column):
                self.forget_tongues(column)

    def in_each(self, column: str) -> Names | str:
        """In every language in which it was said; where it was said in one alone, those words."""
        return self.also(column) or str(getattr(self, column))

    def said_in(self, column: str) -> str:
        """The language of what `said` gives; '' is unknown."""
        if self.also(column).get(tongue()):
            return tongue()
        return self.written_in(column)

    def written_in(self, column: str) -> str:
        """The language of the words as they were first written."""
        text = getattr(self, column)
        for code in TONGUES:
            if self.also(column).get(code) == text:
                return code
        # a page's language is written down with them, and people write others than their page's
        return tongue_of(text) or str(getattr(self, "language", ""))[:2]
