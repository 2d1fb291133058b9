"""Whatever is created, set and deleted through the journal, its fold is the table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marrow.core.journal.acts import Act
from marrow.core.journal.comparing import differences_of
from marrow.core.journal.folding import fold, table
from marrow.core.journal.sequencer import sequence
from marrow.core.journal.verifying import verify
from marrow.core.journal.writing import journal
from marrow.directory.models import Area, Organisation
from tests.builders import NOW, OFFICE
from tests.properties.examples import taken_back

pytestmark = [pytest.mark.both, pytest.mark.django_db]
TRY = Act("try_it", "Tried it")
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
columns = st.fixed_dictionaries(
    {},
    optional={
        "names": st.dictionaries(st.sampled_from(["en", "zh", "fr"]), text),
        "place": text,
        "address": text,
        "lat": st.none() | st.floats(-90, 90),
        "lon": st.none() | st.floats(-180, 180, width=32),
        "invented": st.booleans(),
        "kind": st.sampled_from(Organisation.Kind.values),
        "area": st.sampled_from([None, "GN", "CN-BJ"]),
    },
)
step = st.tuples(st.sampled_from(["create", "set", "delete", "pages"]), st.integers(0, 4), columns)


@settings(max_examples=40)
@given(st.lists(step, max_size=15))
def test_the_fold_is_the_table_after_any_series_of_changes(
    places: dict[str, Area], steps: list[tuple[str, int, dict[str, Any]]]
) -> None:
    with taken_back():
        for kind, which, told in steps:
            _do(kind, UUID(int=which + 1), _with_area(told, places))
        sequence()
        assert fold(Organisation) == table(Organisation)
        assert list(differences_of(Organisation)) == []
        assert verify().broken == ()


def _with_area(told: dict[str, Any], places: dict[str, Area]) -> dict[str, Any]:
    return told | ({"area": places.get(told["area"])} if "area" in told else {})


def _do(kind: str, record: UUID, told: dict[str, Any]) -> None:
    """One act: the record is created if it is not there, and left alone where that makes sense."""
    if kind == "pages":
        sequence()
        return
    row = Organisation.objects.filter(pk=record).first()
    with journal(TRY, by=OFFICE, at=NOW) as page:
        if row is None and kind == "create":
            page.save(Organisation(id=record, **({"kind": "OTHER"} | told)))
        elif row and kind == "delete":
            page.remove(row)
        elif row:
            for name, value in told.items():
                setattr(row, name, value)
            page.save(row)
