"""Hospitals' part of the demonstration: one request that waits, one answered, a broken machine."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from marrow.accounts.actions import invite
from marrow.accounts.demo import persona
from marrow.capacity.models import Equipment
from marrow.core.book import same_id
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.directory.models import Organisation
from marrow.hospitals.actions import answer_request, ask_for, report_broken
from marrow.hospitals.models import EquipmentReport, Request
from marrow.programmes.models import Series

DAY = dt.timedelta(days=1)
INVITED = "Binta Test (fictive)"  # has a code on paper, and has not come yet


def fill(by: Viewer, at: dt.datetime) -> None:
    """Ask, answer and report as the personas who may; a second call adds nothing."""
    series = Series.objects.select_related("recipient").get(key="demonstration")
    hospital = series.recipient
    if hospital is None or Request.objects.filter(organisation=hospital).exists():
        return
    with translation.override("fr"):
        _told(hospital, at)
    head = Grant("head", ORGANISATION, hospital.pk)
    invite(full_name=INVITED, grants=[head], by=persona("demo-admin"), at=at - DAY)


def _told(hospital: Organisation, at: dt.datetime) -> None:
    recipient, head = persona("demo-recipient"), persona("demo-head")
    ask_for(
        organisation=hospital.pk, by=recipient, at=at - 3 * DAY,
        request=Request(
            id=same_id("request", hospital.pk, 1), kind="SPECIALTY", specialty="ANAESTHESIA",
            text="Un anesthésiste dans la prochaine équipe : deux blocs, un seul infirmier"
            " anesthésiste. (fictif)",
            needed_by=at.date() + 60 * DAY,
        ),
    )  # fmt: skip
    asked = ask_for(
        organisation=hospital.pk, by=recipient, at=at - 20 * DAY,
        request=Request(
            id=same_id("request", hospital.pk, 2), kind="TRAINING", specialty="ULTRASOUND",
            text="Une semaine d’échographie pour les urgences. (fictif)", needed_by=None,
        ),
    )  # fmt: skip
    answer_request(
        request=asked.pk, by=persona("demo-office"), at=at - 6 * DAY,
        answer="Inscrit au plan de la prochaine équipe. (fictif)",
    )  # fmt: skip
    report_broken(
        organisation=hospital.pk, by=head, at=at - 5 * DAY,
        report=EquipmentReport(
            id=same_id("report", hospital.pk, 1), who_waits="la salle des nouveau-nés",
            broken="le compresseur ne démarre plus (fictif)",
        ),
        machine=Equipment(
            id=same_id("machine", hospital.pk, "concentrator"),
            label="Concentrateur d’oxygène, pédiatrie (fictif)",
        ),
        since=at.date() - 6 * DAY,
    )  # fmt: skip
