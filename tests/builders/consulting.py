"""A hospital that asks, a specialist who answers, and a case between them: consulting()."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from PIL import Image

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.consults.actions import ask, sign_opinion, submit, take
from marrow.consults.models import Consult
from marrow.consults.rules.cases import Case
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from tests.builders import NOW, a_hospital
from tests.builders.kept import once
from tests.builders.leaving import an_account

STORY = "red eye since two days, pupil does not react"
CASE = Case(
    reference="R-17", age="ADULT", sex="FEMALE", story=STORY, question="what before a transfer?",
    specialty="OPHTHALMOLOGY", priority="URGENT", consent_by="PATIENT", consent_how="SPOKEN",
    consent_on=NOW.date(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Consulting:
    """Two hospitals with their offices, and two specialists."""

    hospital: Organisation
    accounts: dict[str, Account]

    def viewer(self, who: str) -> Viewer:
        return viewer_of(self.accounts[who])


def consulting() -> Consulting:
    return once("consulting", _consulting)


def _consulting() -> Consulting:
    hospital, other = a_hospital("Un Test"), a_hospital("Deux Test")
    return Consulting(
        hospital,
        {
            "asker": an_account("asker", "recipient", hospital),
            "doctor": an_account("doctor", "head", hospital),
            "elsewhere": an_account("elsewhere", "recipient", other),
            "expert": an_account("expert", "specialist"),
            "second": an_account("second", "specialist"),
        },
    )


def a_case(world: Consulting, **told: object) -> Consult:
    """Written, not sent."""
    case = replace(CASE, **told)  # type: ignore[arg-type]
    return ask(organisation=world.hospital.pk, case=case, by=world.viewer("asker"), at=NOW)


def sent(world: Consulting, **told: object) -> Consult:
    return submit(consult=a_case(world, **told).pk, by=world.viewer("asker"), at=NOW)


def taken(world: Consulting) -> Consult:
    return take(consult=sent(world).pk, by=world.viewer("expert"), at=NOW)


def answered(world: Consulting) -> Consult:
    row = taken(world)
    sign_opinion(consult=row.pk, text="lower the pressure", by=world.viewer("expert"), at=NOW)
    return Consult.objects.get(pk=row.pk)


def a_photograph(kind: str = "JPEG", size: tuple[int, int] = (320, 200)) -> bytes:
    """With what a camera writes: who owns it, when and where it was taken."""
    picture = Image.new("RGB", size, "#7b93a3")
    exif = Image.Exif()
    exif[0x013B] = "OWNER-OF-CAMERA"
    exif[0x9003] = "2026:11:24 09:00:00"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()
