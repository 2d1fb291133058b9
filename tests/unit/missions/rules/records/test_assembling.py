"""Records put together ..."""

from __future__ import annotations

from marrow.missions.rules.records import Reading, SeriesRead, assemble
from tests.unit.missions.rules.records.telling import telling


def _batch(number: int, year: int, row: int = 0, extra: str = "", **cells: str) -> Reading:
    return telling(
        f"{number}th Chinese medical team {extra}".strip(),
        f"The {number}th medical team worked there from May {year} to May {year + 2}.",
        row or number,
        **({"project_id": f"{number}-{year}-{row}", "year": str(year)} | cells),
    )


def _only(readings: list[Reading]) -> SeriesRead:
    (series,) = assemble(readings).series
    return series


def _codes(series: SeriesRead) -> list[str]:
    return [doubt.code for doubt in series.doubts]


def test_stand_in_the_order_of_their_numbers() -> None:
    series = _only([_batch(6, 2008), _batch(4, 2004), _batch(5, 2006)])
    assert [batch.number for batch in series.batches] == [4, 5, 6]
    assert series.doubts == ()


def test_show_each_number_that_is_missing() -> None:
    series = _only([_batch(4, 2002), _batch(7, 2008)])
    assert [d.params for d in series.doubts] == [(("number", "5"),), (("number", "6"),)]
    assert set(_codes(series)) == {"GAP"}


def test_show_numbers_that_jump_faster_than_time() -> None:
    assert _codes(_only([_batch(4, 2004), _batch(9, 2006)])) == ["NUMBER_JUMPS"]


def test_show_numbers_that_go_up_while_time_goes_back() -> None:
    assert _codes(_only([_batch(4, 2008), _batch(5, 2004)])) == ["OUT_OF_ORDER"]


def test_tell_once_of_a_batch_that_two_rows_tell_of() -> None:
    fuller = telling(
        "4th medical team",
        "The 4th medical team of 9 members worked there from May 2004 to May 2006.",
        2,
        project_id="2",
        year="2004",
    )
    (batch,) = _only([_batch(4, 2004, row=1), fuller]).batches
    assert [one.row for one in batch.readings] == [2, 1]
    assert [doubt.code for doubt in batch.doubts] == ["TOLD_TWICE"]


def test_contradict_each_other_when_one_number_is_years_apart() -> None:
    (batch,) = _only([_batch(4, 2004, row=1), _batch(4, 2010, row=2)]).batches
    assert [doubt.code for doubt in batch.doubts] == ["TOLD_TWICE", "CONTRADICTS"]


def test_keep_military_teams_in_a_series_of_their_own() -> None:
    army = telling("4th Chinese military medical team", "It arrived in May 2004.", project_id="9")
    tracks = [series.track for series in assemble([_batch(4, 2004), army]).series]
    assert tracks == ["", "MILITARY"]


def test_keep_an_island_apart_when_its_numbers_clash_with_the_mainland() -> None:
    island = _batch(20, 2006, row=3, extra="to Zanzibar")
    mainland = [_batch(20, 2002, row=1), _batch(21, 2004, row=2)]
    tracks = [series.track for series in assemble([*mainland, island]).series]
    assert tracks == ["", "SITE:Zanzibar"]


def test_join_a_hospital_in_the_title_with_the_only_series_there_is() -> None:
    house = _batch(5, 2006, extra="to Alba Memorial Hospital")
    series = _only([_batch(4, 2004), house])
    assert (series.track, [batch.number for batch in series.batches]) == ("", [4, 5])


def test_keep_what_is_not_numbered_beside_the_series() -> None:
    gift = telling("China donates medicine to Kenya", project_id="g")
    assembly = assemble([gift, _batch(4, 2004)])
    assert [one.kind for one in assembly.others] == ["DONATION"]


def test_mark_a_row_that_is_told_again() -> None:
    gifts = [
        telling("China donates medicine to Kenya", "", row, project_id=f"{row}") for row in (1, 2)
    ]
    marked = assemble(gifts).others
    assert [[d.code for d in one.doubts] for one in marked] == [[], ["TOLD_TWICE"]]


def test_show_one_id_that_means_two_records() -> None:
    readings = [_batch(4, 2004, project_id="7"), _batch(5, 2006, project_id="7")]
    for batch in _only(readings).batches:
        assert [d.code for d in batch.readings[0].doubts] == ["ID_MEANS_ANOTHER"]


def test_show_that_a_series_stopped_and_ran_again() -> None:
    prose = (
        "The medical teams withdrew in 1993 but resumed in July 2003. The 4th team arrived in 2004."
    )
    series = _only([telling("4th medical team", prose, year="2004")])
    assert [(d.code, d.proposes) for d in series.doubts] == [("RESUMED", "2003-07")]


def test_are_sent_by_the_province_that_most_of_them_name() -> None:
    sent = "The team of 9 members from {} arrived in {}."
    rows = [("Hubei", 2002), ("Hubei", 2004), ("Gansu", 2006)]
    series = _only([
        telling(f"{at}th medical team", sent.format(name, year), at, project_id=f"{at}")
        for at, (name, year) in enumerate(rows, start=4)
    ])  # fmt: skip
    assert series.sender == "CN-HB"


def test_keep_a_row_of_another_country_out_of_the_series() -> None:
    stray = telling("5th medical team", "The team arrived in Uganda in May 2006.", 9, year="2006")
    assembly = assemble([_batch(4, 2004), stray])
    assert [b.number for series in assembly.series for b in series.batches] == [4]
    assert [[d.code for d in one.doubts] for one in assembly.others] == [["OTHER_COUNTRY"]]


def test_keep_a_row_in_its_series_when_another_country_is_only_mentioned() -> None:
    prose = "The 5th team arrived in Kenya in 2006. Its leader, who served in Uganda, is a surgeon."
    stray = telling("5th medical team", prose, 9, year="2006", project_id="9")
    assert [batch.number for batch in _only([_batch(4, 2004), stray]).batches] == [4, 5]


def test_keep_a_row_in_its_series_when_its_title_names_the_recipient() -> None:
    stray = telling("5th medical team to Kenya", "The team arrived in Uganda in May 2006.", 9,
                    year="2006", project_id="9")  # fmt: skip
    assert [batch.number for batch in _only([_batch(4, 2004), stray]).batches] == [4, 5]


def test_make_nothing_of_nothing() -> None:
    assembly = assemble([])
    assert (assembly.series, assembly.others) == ((), ())


def test_keep_an_island_apart_whatever_else_the_file_tells() -> None:
    alone = [_batch(20, 2006, extra="to Zanzibar")]
    beside = [*alone, _batch(22, 2009, extra="to mainland Tanzania"), _batch(23, 2011)]
    assert [series.track for series in assemble(alone).series] == ["SITE:Zanzibar"]
    assert [series.track for series in assemble(beside).series] == ["", "SITE:Zanzibar"]


def test_keep_a_hospital_apart_from_batches_of_earlier_files_that_it_cannot_be_one_of() -> None:
    house = _batch(5, 2006, extra="to Alba Memorial Hospital")
    earlier = {("KE", ""): [_batch(5, 2001)]}
    assert [s.track for s in assemble([house], earlier).series] == [house.track]
    assert [s.track for s in assemble([house], {("KE", ""): [_batch(4, 2004)]}).series] == [""]
    again = _batch(6, 2008, extra="to Alba Memorial Hospital")
    assert [s.track for s in assemble([again], {("KE", house.track): [house]}).series] == [
        house.track
    ]
