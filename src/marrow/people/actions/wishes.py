"""Where somebody wishes to go or refuses to, and who goes with whom: said, and taken back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.directory.models import Area
from marrow.people import access
from marrow.people.models import Couple, Wish
from marrow.programmes.models import Series

SAY = Act("say_wish", gettext_lazy("Said where somebody wishes to go or refuses to"))
END = Act("end_wish", gettext_lazy("Took back a wish or refusal"))
TELL = Act("tell_couple", gettext_lazy("Said who is a couple"))
END_COUPLE = Act("end_couple", gettext_lazy("Took back who is a couple"))
MOST_POINTS = 3


def say_wish(
    *, person: UUID, kind: str, by: Viewer, at: dt.datetime, area: Area | None = None,
    series: Series | None = None, points: int = 1,
) -> Wish:  # fmt: skip
    """The person, their unit or their office says where they wish to go, or refuse to: a place, or
    the teams of a series. Said again of the same, it takes the place of what was said."""
    row = access.person_who_wishes(by, person)
    if by.person is None:
        raise Refused(_("Sign in first."))
    if (area is None) == (series is None):
        raise Refused(_("Say one thing: a place, or a series of teams."))
    if kind not in Wish.Kind.values or not 1 <= points <= MOST_POINTS:
        raise Refused(_("A wish has from 1 to 3 points."))
    if kind == Wish.Kind.REFUSES and series is not None:
        raise Refused(_("Refuse a place; the plan keeps all teams there away from them."))
    known = Wish.objects.filter(person=row, area=area, series=series, ended_on=None).first()
    wish = known or Wish(id=uuid4(), person=row, area=area, series=series)
    wish.kind, wish.points = kind, points if kind == Wish.Kind.PREFERS else 1
    wish.said_by, wish.said_on = by.person, at.date()
    with journal(SAY, by=by, at=at, scope=f"person:{row.pk}") as page:
        page.save(wish)
    return wish


def end_wish(*, wish: UUID, by: Viewer, at: dt.datetime) -> Wish:
    row = access.wish_to_end(by, wish)
    if row.ended_on:
        raise Refused(_("This is over already."))
    row.ended_on = at.date()
    with journal(END, by=by, at=at, scope=f"person:{row.person_id}") as page:
        page.save(row)
    return row


def tell_couple(*, person: UUID, other: UUID, rule: str, by: Viewer, at: dt.datetime) -> Couple:
    """The unit or the office of one of the two says that they are a couple, and whether they go
    together or are never away at once; told again, the rule is the new one."""
    one = access.person_to_keep(by, person)
    two = access.person_for(by, other)
    if one.pk == two.pk:
        raise Refused(_("Choose somebody else: a couple is two people."))
    if by.person is None or rule not in Couple.Rule.values:
        raise Refused(_("Say whether they go together or are never away at once."))
    both = Q(one=one, other=two) | Q(one=two, other=one)
    row = Couple.objects.filter(both, ended_on=None).first()
    row = row or Couple(id=uuid4(), one=one, other=two)
    row.rule, row.told_by, row.told_on = rule, by.person, at.date()
    with journal(TELL, by=by, at=at, scope=f"person:{one.pk}") as page:
        page.save(row)
    return row


def end_couple(*, couple: UUID, by: Viewer, at: dt.datetime) -> Couple:
    row = access.couple_to_end(by, couple)
    if row.ended_on:
        raise Refused(_("This is over already."))
    row.ended_on = at.date()
    with journal(END_COUPLE, by=by, at=at, scope=f"person:{row.one_id}") as page:
        page.save(row)
    return row
