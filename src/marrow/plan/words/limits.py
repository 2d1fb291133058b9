"""How a limit of people away counts, said wherever one is told, shown, or keeps a plan back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MONTHLY = _(
    "A limit holds for whole calendar months, also where it was told for some days of one: whoever"
    " is away on any day of the month counts."
)
#: by `Said.code`: what is refused because of a limit
REFUSED_BY_LIMIT = frozenset({
    "beyond_cap", "beyond_cap_of",
    *(
        f"pinned_beyond_{what}"
        for home in ("department", "organisation")
        for what in (home, f"{home}_of", f"selected_{home}", f"asked_{home}")
    ),
})  # fmt: skip
