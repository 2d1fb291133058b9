"""What a capability saved those who need no longer leave: kilometres and money, where known.

One definition: fewer left after it came than before, in full years. Before is the mean of at most
three full years that were told before the year in which it came; each full year after counts the
difference. The year itself is neither. More who left is a negative saving, and is told as more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from marrow.need.rules.burden import Left, Telling

YEARS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Saved:
    """Over so many full years: how many fewer left, kilometres there and back, money in one
    currency; None is unknown."""

    years: int
    fewer: int
    kilometres: int | None
    money: int | None
    currency: str

    @property
    def more(self) -> Saved | None:
        """The same as what was more than before, each above zero; None where less was."""
        km, money = self.kilometres, self.money
        if min(self.fewer, km or 0, money or 0) >= 0:
            return None
        return Saved(
            self.years, -self.fewer, None if km is None else -km,
            None if money is None else -money, self.currency,
        )  # fmt: skip


def saved(years: Mapping[int, Left | None], came: int) -> Saved | None:
    """What was saved since the year in which it came; None where before or after is unknown."""
    whole = {y: left for y, left in years.items() if left is not None and left.whole}
    before = [whole[y] for y in sorted(whole) if y < came][-YEARS_BEFORE:]
    after = [whole[y] for y in whole if y > came]
    if not before or not after:
        return None
    mean = Fraction(sum(b.patients for b in before), len(before))
    fewer = sum(mean - a.patients for a in after)
    told = [t for b in before for t in b.tellings if t.patients]
    far = _each(told, lambda t: None if t.kilometres is None else Fraction(t.kilometres))
    currencies = {t.currency for t in told}
    cost = _each(told, _cost) if len(currencies) == 1 else None
    return Saved(
        len(after), round(fewer), None if far is None else round(2 * far * fewer),
        None if cost is None else round(cost * fewer), next(iter(currencies)) if cost else "",
    )  # fmt: skip


def _cost(one: Telling) -> Fraction | None:
    return None if one.cost is None else Fraction(one.cost)


def _each(told: Iterable[Telling], value: Callable[[Telling], Fraction | None]) -> Fraction | None:
    """The mean of one patient; unknown as soon as it is unknown of some."""
    total, many = Fraction(0), 0
    for one in told:
        of_one = value(one)
        if of_one is None:
            return None
        total, many = total + of_one * one.patients, many + one.patients
    return total / many if many else None
