"""The ladder of the invented hospital, by those who propose and sign there: a climb, a capability
that outlived its visitors, a relapse, a step that waits, five stations of which four run, and what
was answered three months after a team left.
"""

from __future__ import annotations

import datetime as dt

from marrow.accounts.demo import persona
from marrow.capacity import access
from marrow.capacity.actions import (
    answer_check,
    appraise_hospital,
    propose_step,
    receive_machine,
    sign_step,
    tell_of_machine,
)
from marrow.capacity.models import Appraisal, Equipment, Evidence, Step, SustainedCheck
from marrow.capacity.queries import checks_of
from marrow.catalogue.models import Item
from marrow.core.book import same_id
from marrow.directory.models import Organisation
from marrow.programmes.models import Series
from marrow.sources.actions import Source

DAY = dt.timedelta(days=1)
#: item, then the levels with how many days ago each was reached
CLIMBS: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    ("caesarean-section", ((2, 700), (3, 500), (4, 300), (5, 90))),
    ("spinal-anaesthesia", ((1, 690), (2, 540), (3, 330), (4, 150))),
    ("haemodialysis", ((1, 610), (2, 400), (3, 210), (4, 60))),
    ("thrombolysis-for-stroke", ((1, 420), (2, 220))),
    ("peritoneal-dialysis", ((2, 500), (4, 320))),
)
STATION = "dialysis-machine"
#: who signs beside the head: the visiting team once it is there, before it an expert from afar
VISITING, AFAR = ("VISITOR", "demo-leader"), ("REMOTE", "demo-specialist")


def fill(at: dt.datetime) -> None:
    """Climb, fall and wait as the personas who may; a second call adds nothing."""
    hospital = Series.objects.select_related("recipient").get(key="demonstration").recipient
    if hospital is None or Step.objects.filter(organisation=hospital).exists():
        return
    _machines(hospital, at)
    _measured(hospital, at)
    for key, levels in CLIMBS:
        item = Item.objects.filter(key=key).first()
        for level, ago in levels if item else ():
            _signed(_proposed(hospital, item, level, at - ago * DAY), at - ago * DAY)
    _relapse(hospital, at)
    waits = Item.objects.filter(key="thrombolysis-for-stroke").first()
    if waits:
        _proposed(hospital, waits, 3, at - 2 * DAY)
    _still_done(hospital, at)


def _still_done(hospital: Organisation, at: dt.datetime) -> None:
    """The first checks after a team left are answered; the next ones wait."""
    recipient = persona("demo-recipient")
    for one in checks_of([hospital.pk]):
        if one.months == 3 and one.due_on <= at.date():
            answer_check(
                organisation=hospital.pk, item=one.item.key, mission=one.mission.pk, months=3,
                answer=SustainedCheck(still=True, cases=31, words="Par nos équipes (fictif)"),
                by=recipient, at=at - 90 * DAY,
            )  # fmt: skip


def _proposed(hospital: Organisation, item: Item | None, level: int, at: dt.datetime) -> Step:
    on = at.date()
    step = Step(id=same_id("step", hospital.pk, item.pk if item else "", on), item=item,
                level=level, on=on)  # fmt: skip
    shown = Evidence(
        id=same_id("evidence", step.pk), cases=4 + level, from_on=on - 40 * DAY, until_on=on - DAY,
        how="Cas du service, en équipe (fictif)",
    )  # fmt: skip
    return propose_step(
        organisation=hospital.pk, step=step, evidence=[shown], by=persona("demo-head"), at=at
    )


def _signed(step: Step, at: dt.datetime) -> None:
    there = step.organisation_id in access.with_visitors(step.on)
    for side, who in (("HEAD", "demo-head"), VISITING if there else AFAR):
        sign_step(step=step.pk, side=side, by=persona(who), at=at)


def _relapse(hospital: Organisation, at: dt.datetime) -> None:
    item = Item.objects.filter(key="peritoneal-dialysis").first()
    if item is None:
        return
    then = at - 100 * DAY
    step = Step(
        id=same_id("step", hospital.pk, item.pk, then.date()), item=item, level=2, on=then.date(),
        reason="La seule infirmière formée est partie (fictif)",
    )  # fmt: skip
    propose_step(organisation=hospital.pk, step=step, by=persona("demo-head"), at=then)


def _machines(hospital: Organisation, at: dt.datetime) -> None:
    since, head = at - 620 * DAY, persona("demo-head")
    for number in range(1, 6):
        receive_machine(
            organisation=hospital.pk, by=head, at=since,
            machine=Equipment(
                id=same_id("machine", hospital.pk, number), machine=STATION,
                label=f"Station {number} (fictif)", received_on=(since - 9 * DAY).date(),
                installed_on=since.date(),
            ),
        )  # fmt: skip
    tell_of_machine(
        equipment=same_id("machine", hospital.pk, 5), state="DOWN", on=(at - 12 * DAY).date(),
        words="La pompe à sang est bloquée (fictif)", by=head, at=at - 12 * DAY,
    )  # fmt: skip


def _measured(hospital: Organisation, at: dt.datetime) -> None:
    """On two dimensions, before the teams came and since."""
    told = (
        ("TREATMENT", 900, 48, "Peu de spécialités (fictif)"),
        ("TREATMENT", 100, 71, "Cinq spécialités de plus (fictif)"),
        ("MANAGEMENT", 900, None, "Sans règles écrites (fictif)"),
    )
    paper = Source("Évaluation inventée de la démonstration", "Évaluation fictive, sans objet réel")
    for dimension, ago, value, words in told:
        then = at - ago * DAY
        row = Appraisal(
            id=same_id("appraisal", hospital.pk, dimension, ago), dimension=dimension,
            as_of=f"{then:%Y-%m}", value=value, words=words,
            scale="" if value is None else "sur 100 points",
        )  # fmt: skip
        appraise_hospital(
            organisation=hospital.pk, appraisal=row, source=paper, by=persona("demo-recipient"),
            at=then + DAY,
        )  # fmt: skip
