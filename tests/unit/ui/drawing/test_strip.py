from __future__ import annotations

from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from marrow.ui.drawing.strip import Batch, Row, StripWords, strip

WORDS = StripWords(resumed="sent again after a pause", untold="No. {number}: nobody told")

batches = st.lists(
    st.builds(
        Batch,
        number=st.integers(1, 60),
        href=st.just("/missions/1"),
        title=st.text(min_size=1, max_size=20),
        year=st.sampled_from(["", "1968"]),
        dated=st.booleans(),
        on_post=st.booleans(),
        resumed=st.booleans(),
    ),
    max_size=60,
    unique_by=lambda batch: batch.number,
)


def boxes(*some: Batch) -> list[Element]:
    root = fromstring(strip([Row("Guinea", "/series/gn", some)], words=WORDS))
    return [each for each in root.iter() if "strip-box" in each.get("class", "")]


def batch(number: int, **more: object) -> Batch:
    return Batch(number, f"/missions/{number}", f"Batch {number}", **more)  # type: ignore[arg-type]


@given(batches)
def test_every_batch_has_its_link(some: list[Batch]) -> None:
    told = [each for each in boxes(*some) if "untold" not in each.get("class", "")]
    assert len(told) == len(some)
    assert all(each.tag == "a" and each.get("href") for each in told)


@given(batches)
def test_boxes_stand_in_the_order_of_their_numbers_with_none_left_out(some: list[Batch]) -> None:
    root = fromstring(strip([Row("Guinea", "/series/gn", some)], words=WORDS))
    values = [int(each.get("value", "")) for each in root.iter("li") if each.get("value")]
    assert values == sorted(set(values))
    if some:
        assert values[0] == 1
        assert values[-1] == max(each.number for each in some)


def test_a_box_shows_what_is_known_of_its_dates() -> None:
    looks = [
        box.get("class") for box in boxes(batch(1, dated=True), batch(2), batch(3, on_post=True))
    ]
    assert looks == ["strip-box dated", "strip-box undated", "strip-box on-post"]


def test_a_year_stands_only_where_it_was_quoted() -> None:
    row = Row("Guinea", "/s", [batch(1, dated=True, year="1968"), batch(2, dated=True)])
    root = fromstring(strip([row], words=WORDS))
    assert [each.text for each in root.iter("small")] == ["1968"]


def test_a_number_that_nobody_told_leads_to_the_series() -> None:
    gap = boxes(batch(1), batch(3))[1]
    assert (gap.text, gap.get("href")) == ("?", "/series/gn")
    assert gap.get("title") == "No. 2: nobody told"


def test_a_long_run_of_untold_numbers_is_one_box() -> None:
    gap, _ = boxes(batch(38))
    assert gap.text == "1–37 ?"
    assert gap.get("aria-label") == "No. 1–37: nobody told"


def test_a_pause_is_marked_and_read_out_before_the_batch_that_resumed() -> None:
    root = fromstring(strip([Row("BF", "/s", [batch(1), batch(2, resumed=True)])], words=WORDS))
    items = [each.get("class") or each.get("value") for each in root.iter("li")]
    assert items == ["strip-row", "1", "strip-break", "2"]
    assert [each.text for each in root.iter("span")][-1] == "sent again after a pause"


@given(st.text(max_size=40))
def test_any_name_makes_a_sound_list(name: str) -> None:
    row = Row(name, "javascript:alert(1)", [Batch(1, "javascript:alert(1)", name, year=name)])
    root = fromstring(strip([row], words=StripWords(name, name)))
    assert not list(root.iter("a"))
    assert not list(root.iter("script"))


def test_forty_rows_of_sixty_are_light() -> None:
    rows = [
        Row(f"Series {n}", "/s", [batch(m, dated=m % 3 == 0) for m in range(1, 61)])
        for n in range(40)
    ]
    assert len(strip(rows, words=WORDS)) < 400_000
    assert len(fromstring(strip(rows, words=WORDS))) == 40
