"""What people put on *Today*: credentials that end soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marrow.core.viewer import Viewer
from marrow.core.words import colon, semicolon
from marrow.people.queries import expiring, soon, taken_for
from marrow.ui.waiting import Waiting, hand_in

NAMED = 3  # of whom the line says the name


@hand_in
def taken_for_somebody(viewer: Viewer, _today: dt.date) -> Iterator[Waiting]:
    """An office says who the viewer is; they say whether that is so."""
    for person in taken_for(viewer):
        told = _("The programme office says that you are %(person)s (%(unit)s): yes or no?")
        yield Waiting(
            what=told % {"person": person, "unit": person.unit},
            why=_("Their record and their place in teams open for you once you agree."),
            href=reverse("people:mine", args=[person.pk]), act=pgettext("to a question", "Answer"),
        )  # fmt: skip


@hand_in
def ending(viewer: Viewer, today: dt.date) -> Iterator[Waiting]:
    """One line for all: their papers end within a quarter of a year, or have ended."""
    if not viewer.holds("office", "unit"):
        return
    found = expiring(viewer, soon(today))
    if not found:
        return
    told = ngettext(
        "%(count)s credential ends soon.", "%(count)s credentials end soon.", len(found)
    )
    names = semicolon().join(f"{c.person}{colon()}{c}, {c.expires_on}" for c in found[:NAMED])
    yield Waiting(
        what=told % {"count": len(found)}, why=names + (" …" if len(found) > NAMED else ""),
        href=f"{reverse('people:index')}#ending", act=_("List"), by=found[0].expires_on,
    )  # fmt: skip
