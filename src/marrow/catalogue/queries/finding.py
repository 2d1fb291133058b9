"""Which item a line means: by its key, a code, a name in any language. Asked for whole lists."""

from __future__ import annotations

from collections import defaultdict

from marrow.catalogue.models import Item
from marrow.directory.rules import folded

#: a code of a fuller list (K35.801) is of the item that has its category (K35)
SHORTEST = 3
UNKNOWN_ITEM = "UNKNOWN_ITEM"
AMBIGUOUS = "AMBIGUOUS"
DISAGREE = "DISAGREE"


class NotFound(ValueError):
    """Nothing, or not one thing, is meant: the code of the reason."""


class Finder:
    """All items, read once."""

    def __init__(self) -> None:
        self.by_name: dict[str, set[Item]] = defaultdict(set)
        self.by_code: dict[str, set[Item]] = defaultdict(set)
        for item in Item.objects.all():
            for name in (*item.names.values(), *item.aliases):
                self.by_name[folded(name)].add(item)
            for told in item.codes.values():
                for code in told:
                    self.by_code[plain_code(code)].add(item)
            self.by_code[plain_code(item.key)].add(item)

    def find(self, code: str, name: str = "") -> Item:
        """The one item that a code and a name mean; NotFound with the reason."""
        coded, named = self._coded(plain_code(code)), self.by_name.get(folded(name), set())
        if coded and named and not coded & named:
            raise NotFound(DISAGREE)
        found = coded & named or coded or named
        if len(found) == 1:
            return next(iter(found))
        raise NotFound(AMBIGUOUS if found else UNKNOWN_ITEM)

    def line(self, text: str) -> Item:
        """The item of a line that a person wrote: a code, a key, a name, or a code and a name."""
        text = text.strip()
        first, _space, rest = text.partition(" ")
        if rest and self._coded(plain_code(first)):
            return self.find(first, rest)
        return self.find(text, text)

    def _coded(self, code: str) -> set[Item]:
        if code in self.by_code:
            return self.by_code[code]
        while "." in code and len(code) > SHORTEST:
            code = code[:-1].rstrip(".")
            if code in self.by_code:
                return self.by_code[code]
        return set()


def plain_code(code: str) -> str:
    """A code as it is compared: without dagger, star and spaces, in capitals."""
    return code.strip().strip("†*+").replace(" ", "").upper()
