"""No line of a handover names a patient, or tells by which number one is found."""

from __future__ import annotations

from uuid import uuid4

import pytest

from marrow.core.refusals import Refused
from marrow.handovers.actions import add_line
from marrow.handovers.models import OpenPatients, Promise
from tests.builders import NOW, OFFICE
from tests.builders.leaving import a_handover, leaving

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.mark.parametrize(
    "needs",
    [
        "Mamadou Diallo, plates",
        "call 13900001111",
        "患者王小明，骨折",
        "张三 复查",
        "patient 王芳 复诊",
        "dressing for mamadou diallo",
        "王小明，男，45岁",
        "王小明 骨折内固定取出",
        "张伟的母亲",
        "patient bah, plate removal",
    ],
)
def test_a_patient_cannot_be_named(needs: str) -> None:
    world = leaving()
    row = a_handover(world)
    with pytest.raises(Refused, match="looks like"):
        add_line(handover=row.pk, line=OpenPatients(id=uuid4(), needs=needs), by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="looks like"):
        line = Promise(id=uuid4(), promised="patient Diallo comes back", to_whom="ward")
        add_line(handover=row.pk, line=line, by=OFFICE, at=NOW)


@pytest.mark.parametrize(
    "needs", ["高血压周三复查", "马上复查", "dressing for two patients", "pansement, deux malades"]
)
def test_what_patients_need_may_be_told_where_nobody_is_named(needs: str) -> None:
    row = a_handover(leaving())
    assert add_line(
        handover=row.pk, line=OpenPatients(id=uuid4(), needs=needs), by=OFFICE, at=NOW
    ).pk
