"""What the ladder hands in: its records' words and pages, the rail, panels of other pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.capacity import queries
from marrow.capacity.actions.appraisals import CODE
from marrow.capacity.models import (
    Appraisal,
    Equipment,
    EquipmentChange,
    Evidence,
    Expected,
    Presence,
    Step,
    StepSignature,
    Supervision,
    SustainedCheck,
)
from marrow.capacity.rules.care import Care
from marrow.catalogue.models import Item
from marrow.core.journal.column_words import name_columns
from marrow.core.subjects import Subject, tell
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.models import Area, Organisation
from marrow.handovers.models import Handover
from marrow.people.actions.wording import (
    hold_words,
    prove_called_after_nobody,
    prove_nobody_treated,
)
from marrow.sources.sentences import tell as tell_sentences
from marrow.teams.access import hospitals_served
from marrow.ui.panels import hand_in
from marrow.ui.rail import CARE, Entry, add
from marrow.ui.requests import MarrowRequest

hold_words(
    prove_nobody_treated,
    Step, Evidence, Equipment, EquipmentChange, Presence, SustainedCheck, Appraisal,
)  # fmt: skip
hold_words(prove_called_after_nobody, Equipment, columns=("label",))
name_columns(
    {
        "level": pgettext_lazy("column", "level"), "cases": _("cases"), "how": _("how"),
        "held_at": _("holds since it was signed"), "proposed_by": _("proposed by"),
        "proposed_at": _("proposed"), "machine": pgettext_lazy("column", "machine"),
        "received_on": _("received"), "installed_on": _("installed"),
        "step_id": pgettext_lazy("column", "step"), "label": _("how people tell it apart"),
        "equipment_id": pgettext_lazy("column", "machine"), "told_at": _("told"),
        "told_by": _("told by"), "ended_why": _("why it ended"),
        "expert": pgettext_lazy("column", "expert from afar"),
        "expert_name": _("expert’s name"), "offered_at": _("offered"),
        "accepted_by": _("accepted by"), "accepted_name": _("name of who accepted"),
        "still": _("still done"), "answered_on": _("answered on"),
        "deed_id": _("record of what was done"), "dimension": _("dimension"),
        "scale": _("on which scale"),
    }
)  # fmt: skip
add(Entry(33, _("Care without leaving"), "capacity:index", ("public",)))
add(
    Entry(
        34,
        _("Steps to sign"),
        "capacity:to-sign",
        ("head", "specialist", "leader", "member"),
        group=CARE,
    )
)


tell_sentences(
    {
        CODE: names(
            "{place}, {what}, {when}: “{one}” and “{other}” are both told. Which is right?",
            "{place}{when}“{what}”有两种说法：“{one}”与“{other}”。哪一种属实？",
            "{place}, {what}, {when} : « {one} » et « {other} » sont tous deux indiqués. Lequel "
            "est juste ?",
        )
    },
    {
        CODE: names(
            "a measuring that contradicts another", "相互矛盾的评估",
            "une évaluation qui en contredit une autre",
        )
    },
)  # fmt: skip


def _of_office(path: str) -> Any:
    def mine(viewer: Viewer) -> Q:
        if not viewer.holds("office"):
            return Q(pk__in=[])
        return Q(**{f"{path}__in": hospitals_served(viewer).values("pk")})

    return mine


def _at(row: Any) -> str:
    return reverse("capacity:hospital", args=[row.organisation_id])


def _at_machine(row: Any) -> str:
    return reverse("capacity:hospital", args=[row.equipment.organisation_id])


def _step(row: Any) -> str:
    return reverse("capacity:step", args=[row.pk])


def _of_step(row: Any) -> str:
    return reverse("capacity:step", args=[row.step_id])


tell(Subject(Step, pgettext_lazy("record", "step on the ladder"), _step,
             mine=_of_office("organisation"), related=("item",)))  # fmt: skip
tell(Subject(Evidence, _("evidence of a step"), _of_step, mine=_of_office("step__organisation"),
             related=("step",)))  # fmt: skip
tell(Subject(StepSignature, _("signature of a step"), _of_step,
             mine=_of_office("step__organisation"), related=("step",)))  # fmt: skip
tell(Subject(Equipment, pgettext_lazy("record", "machine"), _at, mine=_of_office("organisation")))
tell(
    Subject(
        EquipmentChange,
        _("how a machine is"),
        _at_machine,
        mine=_of_office("equipment__organisation"),
        related=("equipment",),
    )
)
tell(
    Subject(
        Expected,
        _("hospital that should have what is listed"),
        _at,
        mine=_of_office("organisation"),
        related=("organisation",),
    )
)


for model, word, named in (
    (Presence, _("staff or supplies that are there"), ()),
    (Supervision, _("supervision from afar"), ()),
    (SustainedCheck, _("check that it is still done"), ("item",)),
    (Appraisal, _("how a hospital was measured"), ()),
):
    related = ("organisation", *named)
    tell(Subject(model, word, _at, mine=_of_office("organisation"), related=related))


def _at_hospital(_request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    found = queries.in_short(organisation, timezone.localdate())
    if not (found.assessed or found.waiting):
        return {}
    return {"can": found.can, "waiting": found.waiting, "hospital": organisation}


hand_in("desk.hospital", "capacity/hospital_panel.html", _at_hospital)


def _in_area(_request: MarrowRequest, area: Area) -> dict[str, Any]:
    """What a place can treat: its own lists with their answers, and those of areas around it, which
    can be asked for this place alone."""
    own, around = queries.lists_about(area)
    counts = queries.counted_all(own, timezone.localdate())
    told = [(row, counts[row.pk][Care.BY_LOCALS], counts[row.pk].total()) for row in own]
    return {"own": told, "around": around, "area": area} if own or around else {}


hand_in("directory.area", "capacity/area_panel.html", _in_area)


def _of_mine(_request: MarrowRequest, viewer: Viewer) -> dict[str, Any]:
    """What the work of an office comes to: its page is asked for once Today stands, as it measures
    whole areas."""
    return {"asks": True} if viewer.holds("office") else {}


hand_in("desk.today", "capacity/today_panel.html", _of_mine)


def _left_by(_request: MarrowRequest, handover: Handover) -> dict[str, Any]:
    """What was reached with the team that leaves, and apart from it where that stands otherwise by
    now, for those who go on with it."""
    steps = queries.reached_with(handover.from_mission)
    since = queries.otherwise_since(steps, timezone.localdate())
    return {"parts": [(steps, False), (since, True)]} if steps else {}


hand_in("handovers.handover", "capacity/handover_panel.html", _left_by)


def _of_item(_request: MarrowRequest, item: Item) -> dict[str, Any]:
    found = queries.where_done(item, timezone.localdate())
    return {"found": found} if found else {}


hand_in("catalogue.item", "capacity/item_panel.html", _of_item)
