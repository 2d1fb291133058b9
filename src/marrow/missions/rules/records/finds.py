"""How a finding is made: the value, its exact words, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from marrow.missions.rules.records.prose import LONGEST_QUOTE, OWN, Sentence
from marrow.missions.rules.records.told import Doubt, Told


@dataclass(slots=True)
class Findings:
    """What a row has told so far."""

    told: list[Told] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    plans: list[Told] = field(default_factory=list)  # journeys that were only planned

    def first(self, name: str) -> Told | None:
        """The first telling of a field."""
        return next((one for one in self.told if one.field == name), None)

    def tell(self, new: Told, *, many: bool = False) -> None:
        """Keep a value; a second value of a field that has one is a contradiction."""
        known = [one for one in self.told if one.field == new.field]
        if any(one.value.casefold() == new.value.casefold() for one in known):
            return
        if known and not many:
            self.contradict(known[0], new)
        else:
            self.told.append(new)

    def contradict(self, kept: Told, other: Told, *, proposes: bool = True) -> None:
        """Two tellings of one field differ: a person decides; the kept one stands until then.

        What was only planned is not proposed in the place of what happened.
        """
        self.doubt(
            Doubt(
                "CONTRADICTS",
                kept.field,
                (("kept", kept.value), ("other", other.value)),
                other.value if proposes else "",
                ((kept.column, kept.quote), (other.column, other.quote)),
                *other.softness,
            )
        )

    def unsure(self, new: Told) -> None:
        """A value that the words only suggest."""
        self.doubt(
            Doubt(
                "UNSURE",
                new.field,
                (("value", new.value),),
                new.value,
                ((new.column, new.quote),),
                *new.softness,
            )
        )

    def doubt(self, new: Doubt) -> None:
        """Keep a doubt once."""
        if new not in self.doubts:
            self.doubts.append(new)


def told(sentence: Sentence, name: str, value: str, at: tuple[int, int]) -> Told:
    """A value of the description with the clause that says it."""
    return Told(name, value, sentence.quote(*at)[:LONGEST_QUOTE].strip(), "description")


def within(one: Told) -> Doubt:
    """ "3,000 to 4,000 patients": a span is no value, so it is doubted and nothing is proposed."""
    return Doubt("UNSURE", one.field, (("value", one.value),), quotes=((one.column, one.quote),))


def spanned(span: tuple[int, int]) -> str:
    """3000–4000"""
    return f"{span[0]}–{span[1]}"


def softened(one: Told, precision: str, unit: str = "", period: str = "") -> Told:
    """The same value with how exact it is and what it counts."""
    return replace(one, precision=precision, unit=unit, period=period)


def own_first(read: list[Sentence]) -> list[Sentence]:
    """The sentences that speak of this team, in order."""
    return [one for one in read if one.about == OWN]
