"""Who may open accounts, give roles, and invite."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from marrow.accounts.rules import BY_OFFICE, WITHOUT_LIMIT
from marrow.accounts.scopes import SCOPES
from marrow.core.refusals import NotAllowed, Refused
from marrow.core.viewer import EVERYWHERE, Grant, Viewer


def may_manage_accounts(viewer: Viewer) -> Viewer:
    if viewer.holds("admin"):
        return viewer
    raise NotAllowed(_("Only an administrator opens accounts and gives roles."))


def prove_limits(grants: Iterable[Grant]) -> None:
    """A limit that is written must hold: an auditor and an administrator have none."""
    if any(g.role in WITHOUT_LIMIT and g.scope != EVERYWHERE for g in grants):
        raise Refused(
            _(
                "An auditor reads everything and an administrator keeps all accounts: choose"
                " “everywhere”, or another role."
            )
        )


def may_see_accounts(viewer: Viewer) -> Viewer:
    """To ask why somebody may see something."""
    if viewer.holds("admin", "auditor"):
        return viewer
    raise NotAllowed(_("Only an administrator or an auditor sees who holds which role."))


def may_see_invitations(viewer: Viewer) -> Viewer:
    if viewer.holds("admin", "office"):
        return viewer
    raise NotAllowed(_("Only an administrator or a programme office invites."))


def may_invite(viewer: Viewer, grants: Iterable[Grant]) -> Viewer:
    """An administrator to anything; a programme office to the roles below it, in its own scope."""
    if viewer.holds("admin"):
        return viewer
    may_see_invitations(viewer)
    if not all(grant.role in BY_OFFICE for grant in grants):
        raise NotAllowed(_("This role is given by an administrator."))
    if not all(_within(viewer, grant) for grant in grants):
        raise NotAllowed(_("This lies outside of what your own office looks after."))
    return viewer


def _within(viewer: Viewer, grant: Grant) -> bool:
    if viewer.holds_everywhere("office"):
        return True
    scope = SCOPES.get(grant.scope)
    if scope is None or grant.thing is None:
        return False
    return viewer.holds_for("office", things=scope.covers(grant.thing))
