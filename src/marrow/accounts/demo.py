"""The demonstration's people: invented, with names that say so, one for each role."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from marrow.accounts.actions import give_role, open_account
from marrow.accounts.doors import DOORS
from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.core.book import same_id
from marrow.core.viewer import AREA, EVERYWHERE, ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.core.words import in_tongue
from marrow.directory.demo import COUNTRY
from marrow.directory.models import Area

IN_CHINA = {"office"}
IN_THE_FIELD = {"leader", "member"}
AT_THE_HOSPITAL = {"recipient", "head"}
DEMONSTRATION = same_id("programme", "demonstration")  # missions/demo.py founds it
HOSPITAL = same_id("organisation", "demonstration")
#: those for whom the sending unit's persona answers; the others have no account, and answer on
#: paper. people/demo enters them
SENDERS = tuple(
    same_id("organisation", key)
    for key in (
        "demonstration-south", "demonstration-sender-A", "demonstration-sender-B",
        "demonstration-sender-C",
    )
)  # fmt: skip


WRITE_FRENCH = {"demo-recipient", "demo-head"}


def persona(username: str) -> Viewer:
    """Who is behind a door, by the name with which they sign: in the language that they write."""
    account = Account.objects.get(username=username)
    tongue = "fr" if username in WRITE_FRENCH else "zh"
    return replace(viewer_of(account, via="demo"), name=in_tongue(account.names, tongue))


def fill(by: Viewer, at: dt.datetime) -> None:
    """One account a door. Their passwords are random: only the doors open them."""
    admin = Viewer(by.person, by.name, (*by.grants, Grant("admin")), by.via)
    china = Area.objects.get(code="CN")
    for door in DOORS:
        row = Account.objects.filter(username=door.username).first() or open_account(
            username=door.username,
            password=secrets.token_urlsafe(24),
            full_name=door.person["en"],
            names=door.person,
            by=admin,
            at=at,
            id=uuid5(NAMESPACE_URL, f"marrow:account:{door.username}"),
            invented=True,
        )
        scope, thing = (AREA, china.pk) if door.role in IN_CHINA else (EVERYWHERE, None)
        if door.role in IN_THE_FIELD:
            scope, thing = PROGRAMME, DEMONSTRATION
        if door.role in AT_THE_HOSPITAL:
            scope, thing = ORGANISATION, HOSPITAL
        if door.role == "unit":
            scope, thing, *more = ORGANISATION, *SENDERS
            for other in more:
                give_role(account=row, role="unit", scope=scope, thing=other, by=admin, at=at)
        give_role(account=row, role=door.role, scope=scope, thing=thing, by=admin, at=at)
        if door.role in IN_CHINA:  # it keeps the invented country's lists too, and who leaves it
            invented = Area.objects.get(code=COUNTRY)
            give_role(account=row, role=door.role, scope=AREA, thing=invented.pk, by=admin, at=at)
