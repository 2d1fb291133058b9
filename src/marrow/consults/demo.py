"""Consults' part of the demonstration: one that waits, one with a specialist, one that is over.

The patients are invented, and the photographs are drawn here: circles that stand for an eye.
"""

from __future__ import annotations

import datetime as dt
import io

from django.utils import translation
from PIL import Image, ImageDraw

from marrow.accounts.demo import persona
from marrow.consults.actions import (
    add_photo,
    ask,
    sign_opinion,
    submit,
    take,
    tell_outcome,
    turn_down,
)
from marrow.consults.models import Consult
from marrow.consults.rules.cases import Case
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.programmes.models import Series

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


def fill(by: Viewer, at: dt.datetime) -> None:
    """Three cases, each step as the persona who may; a second call adds nothing."""
    series = Series.objects.select_related("recipient").get(key="demonstration")
    hospital = series.recipient
    if hospital is None or Consult.objects.filter(organisation=hospital).exists():
        return
    _over(hospital, at - 200 * HOUR)
    _with_specialist(hospital, at - 5 * HOUR)
    _waiting(hospital, at - 2 * HOUR)


def _over(hospital: Organisation, at: dt.datetime) -> None:
    asker, specialist = persona("demo-recipient"), persona("demo-specialist")
    with translation.override("fr"):
        row = _asked(
            hospital, asker, at, priority="URGENT", age="ADULT", sex="FEMALE",
            story="Cas fictif. Œil droit rouge et douloureux depuis deux jours, pupille moyenne"
            " peu réactive, vision basse. Pas de tonomètre ici.",
            question="Glaucome aigu : que faire avant le transfert ?",
        )  # fmt: skip
        take(consult=row.pk, by=specialist, at=at + 5 * MINUTE)
        turn_down(consult=row.pk, reason="NO_TIME", by=specialist, at=at + 12 * MINUTE)
        take(consult=row.pk, by=specialist, at=at + 40 * MINUTE)
        sign_opinion(
            consult=row.pk, by=specialist, at=at + 2 * HOUR,
            text="Avis fictif. Probable crise aiguë : acétazolamide 500 mg, collyre bêtabloquant,"
            " pilocarpine une heure après. Reprendre la pression dès qu’un tonomètre est là.",
        )  # fmt: skip
        tell_outcome(
            consult=row.pk, what="NOT_FOLLOWED", why_not="DRUG", by=asker, at=at + 30 * HOUR,
            words="Pas d’acétazolamide à la pharmacie ; transfert le lendemain. (fictif)",
        )  # fmt: skip


def _with_specialist(hospital: Organisation, at: dt.datetime) -> None:
    with translation.override("zh-hans"):
        row = _asked(
            hospital, persona("demo-leader"), at, priority="ROUTINE", age="OLD", sex="",
            story="虚构病例。白内障术后第三天，视力下降，前房似有混浊。附示意图两张。",
            question="是否考虑眼内炎？当地只有口服抗生素。", photos=2,
        )  # fmt: skip
    take(consult=row.pk, by=persona("demo-specialist"), at=at + HOUR)


def _waiting(hospital: Organisation, at: dt.datetime) -> None:
    with translation.override("fr"):
        _asked(
            hospital, persona("demo-recipient"), at, priority="URGENT", age="CHILD", sex="MALE",
            story="Cas fictif. Éclat de bois dans l’œil gauche ce matin, petite plaie de la cornée"
            " à six heures, chambre antérieure formée.",
            question="Peut-on attendre l’équipe demain, ou faut-il transférer ce soir ?", photos=1,
        )  # fmt: skip


def _asked(
    hospital: Organisation, by: Viewer, at: dt.datetime, *, photos: int = 0, **told: str
) -> Consult:
    consenting = "GUARDIAN" if told["age"] == "CHILD" else "PATIENT"
    case = Case(
        reference="", specialty="OPHTHALMOLOGY", consent_by=consenting, consent_how="SPOKEN",
        consent_on=at.date(), **told,
    )  # fmt: skip
    row = ask(organisation=hospital.pk, case=case, by=by, at=at)
    for number in range(photos):
        add_photo(consult=row.pk, data=_drawn_eye(number), by=by, at=at)
    return submit(consult=row.pk, by=by, at=at + MINUTE)


def _drawn_eye(number: int) -> bytes:
    """A drawing, plainly no photograph of anybody."""
    page = Image.new("RGB", (960, 640), "#f3eee6")
    pen = ImageDraw.Draw(page)
    pen.ellipse((130, 120, 830, 520), fill="#ffffff", outline="#655d54", width=6)
    pen.ellipse((320, 160, 640, 480), fill="#7b93a3")
    pen.ellipse((410, 250, 550, 390), fill="#1f1b16" if not number else "#c9c2b6")
    pen.text((24, 24), "drawn for a demonstration", fill="#655d54")
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
