from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marrow.ui.drawing.land import STEP, land_path
from marrow.ui.drawing.projection import CENTRE, HEIGHT, WIDTH, on_sheet, project

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)


@given(longitudes, latitudes)
def test_any_place_on_earth_stands_on_the_sheet(lon: float, lat: float) -> None:
    x, y = on_sheet(lon, lat, margin=5)
    assert 5 <= x <= WIDTH - 5
    assert 5 <= y <= HEIGHT - 5


@given(longitudes, latitudes)
def test_a_turn_round_the_globe_changes_nothing(lon: float, lat: float) -> None:
    (ax, ay), (bx, by) = project(lon, lat), project(lon + 720, lat)
    # the two edges of the map are the same line
    assert abs(ay - by) < 1e-6
    assert abs(ax - bx) < 1e-6 or abs(abs(lon - CENTRE) % 360 - 180) < 1e-6


@given(longitudes, latitudes, latitudes)
def test_north_is_above_south(lon: float, one: float, other: float) -> None:
    if one > other + 0.01:
        assert project(lon, one)[1] < project(lon, other)[1]


def test_the_places_that_matter_need_no_moving() -> None:
    places = {
        "Beijing": (116.4, 39.9),
        "Guinea": (-10.9, 10.4),
        "Jamaica": (-77.3, 18.1),
        "Samoa": (-172.4, -13.6),
        "Cook Islands": (-159.8, -21.2),
        "Peru": (-74.4, -9.2),
        "South Africa": (25.0, -29.0),
    }
    for name, (lon, lat) in places.items():
        assert on_sheet(lon, lat, margin=8) == project(lon, lat), name


def test_the_land_is_light_and_stays_near_the_sheet() -> None:
    path = land_path()
    assert 4000 < len(path) <= 9000
    assert set(path) <= set("Mlz-0123456789 ")
    for ring in path.split("M")[1:]:
        start, moves = ring.rstrip("z").split("l")
        x, y = (int(word) for word in start.replace("-", " -").split())
        steps = [int(word) for word in moves.replace("-", " -").split()]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            assert -2 <= x * STEP <= WIDTH + 2
            assert -2 <= y * STEP <= HEIGHT + 2
