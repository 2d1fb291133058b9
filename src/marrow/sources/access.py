"""Who may bring files in, keep sources, and decide doubts."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.remembering import remembered
from marrow.core.subjects import about_mine, may_change_all, record_for
from marrow.core.viewer import Viewer
from marrow.sources.intake.kinds import KINDS, Kind
from marrow.sources.models import Fact, Finding, Intake, WorkItem
from marrow.sources.waiting import narrowed


def may_keep_sources(viewer: Viewer) -> Viewer:
    """Programme offices bring in documents, facts and files."""
    if viewer.holds("office"):
        return viewer
    raise NotAllowed(_("Only a programme office brings in sources and files."))


def finding_to_decide(viewer: Viewer, finding: UUID) -> Finding:
    """A finding, for the programme office that may change the record which it is about."""
    if not viewer.holds("office"):
        raise NotAllowed(_("Only a programme office decides findings."))
    row = findings_for(viewer).filter(pk=finding).first()
    if row is None:
        raise Unseen(_("There is no such finding."))
    if not may_change_all(viewer, [(row.about_model, row.about)]):
        raise NotAllowed(_("This finding is about a record of another programme office."))
    return row


#: told of a record that is itself the telling: the record is changed or taken out, not its fact
OF_ITS_OWN = ("site",)


def fact_to_strike(viewer: Viewer, fact: UUID) -> Fact:
    """A fact, for the programme office that may change the record of which it tells."""
    if not viewer.holds("office"):
        raise NotAllowed(_("Only a programme office strikes out what a source tells."))
    row = Fact.objects.filter(pk=fact).first()
    if row is None:
        raise Unseen(_("There is no such fact."))
    record_for(viewer, row.about_model, row.about)
    if row.field in OF_ITS_OWN or not may_change_all(viewer, [(row.about_model, row.about)]):
        raise NotAllowed(_("This is told of a record of another programme office."))
    return row


def may_strike(viewer: Viewer, facts: list[Fact]) -> bool:
    """Whether the facts of one field may be struck out by this viewer."""
    touched = [(fact.about_model, fact.about) for fact in facts]
    own = any(fact.field in OF_ITS_OWN for fact in facts)
    return viewer.holds("office") and not own and may_change_all(viewer, touched)


def findings_for(viewer: Viewer) -> QuerySet[Finding]:
    """What an auditor may read: all; what an office may decide: those about its own records."""
    if viewer.holds("auditor"):
        return Finding.objects.all()
    if not viewer.holds("office"):
        return Finding.objects.none()
    return Finding.objects.filter(about_mine(viewer, _doubted))


@remembered
def _told_of() -> frozenset[tuple[str, bool]]:
    """The kinds of record of which findings (True) and open work of offices (False) tell."""
    doubted = Finding.objects.order_by().values_list("about_model", Value(True))
    work = WorkItem.objects.filter(done_at=None, role="office").order_by()
    return frozenset(doubted.union(work.values_list("about_model", Value(False))))


def _doubted() -> frozenset[str]:
    return frozenset(kind for kind, doubt in _told_of() if doubt)


def _worked_on() -> frozenset[str]:
    return frozenset(kind for kind, doubt in _told_of() if not doubt)


def work_for(viewer: Viewer) -> QuerySet[WorkItem]:
    """Open work of this viewer's roles; an office sees what is about its own records."""
    roles = {g.role for g in viewer.grants}
    rows = WorkItem.objects.filter(done_at=None, role__in=roles)
    if roles - {"office"}:  # an office's work is never narrowed
        rows = rows.filter(narrowed(viewer))
    if viewer.holds_everywhere("office"):  # an empty Q beside another would say nothing
        return rows
    return rows.filter(~Q(role="office") | about_mine(viewer, _worked_on))


def work_item_for(viewer: Viewer, item: UUID) -> WorkItem:
    """An open work item, for those for whom it waits."""
    row = work_for(viewer).filter(pk=item).first()
    if row is None:
        raise Unseen(_("There is no such open work item."))
    return row


def may_finish(viewer: Viewer, item: WorkItem) -> Viewer:
    mine = item.role != "office" and work_for(viewer).filter(pk=item.pk).exists()
    if mine or viewer.holds_everywhere("office"):
        return viewer
    if may_change_all(viewer, [(item.about_model, item.about)]):
        return viewer
    if not work_for(viewer).filter(pk=item.pk).exists():
        raise Unseen(_("There is no such open work item."))
    raise NotAllowed(_("This work waits for another role."))


def may_bring_in(viewer: Viewer, kind: Kind) -> Viewer:
    """Asked before a file is sent, and again before its rows are taken."""
    if not viewer.holds(*kind.roles):
        raise NotAllowed(_("Only a programme office brings in sources and files."))
    kind.may(viewer)
    return viewer


def may_send_files(viewer: Viewer) -> Viewer:
    """Whoever may bring in some kind of file: an office any, others what the kind says."""
    if any(viewer.holds(*kind.roles) for kind in KINDS.values()):
        return viewer
    raise NotAllowed(_("Only a programme office brings in sources and files."))


def brings_in(viewer: Viewer, kind: Kind) -> bool:
    try:
        may_bring_in(viewer, kind)
    except NotAllowed:
        return False
    return True


def intake_for(viewer: Viewer, intake: UUID) -> Intake:
    """A file on its way in, for those who bring files in."""
    may_send_files(viewer)
    row = Intake.objects.filter(pk=intake).first()
    if row is None or not (row.by == viewer.person or viewer.holds_everywhere("office")):
        raise Unseen(_("There is no such file."))
    return row


def intakes_for(viewer: Viewer) -> QuerySet[Intake]:
    """The files that this viewer sent; an office of the whole sees all."""
    may_send_files(viewer)
    if viewer.holds_everywhere("office"):
        return Intake.objects.all()
    return Intake.objects.filter(by=viewer.person)
