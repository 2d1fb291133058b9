from __future__ import annotations

from itertools import combinations
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from marrow.ui.drawing.labels import Box, Dot, Placement, width_of
from marrow.ui.drawing.projection import HEIGHT, WIDTH
from marrow.ui.drawing.world import Arc, Place, ZoomWords, world_map

BEIJING = Place("Beijing", 116.4, 39.9)
GUINEA = Place("Guinea", -10.9, 10.4, 30, "/missions/gn", "Guinea: 30 batches", on_post=True)
LIBYA = Place("Libya", 17.2, 26.3, 3, "/missions/ly")

names = st.text(max_size=30)
places = st.lists(
    st.builds(
        Place,
        name=names,
        lon=st.floats(-180, 180),
        lat=st.floats(-90, 90),
        count=st.integers(0, 2000),
        href=st.sampled_from(["", "/missions/x?a=1&b=2"]),
        title=names,
        on_post=st.booleans(),
    ),
    max_size=25,
)


def drawn(*args: object, **kwargs: object) -> Element:
    svg = world_map(*args, label="Where", **kwargs)  # type: ignore[arg-type]
    root: Element = fromstring(svg)
    return root


def dots(root: Element) -> list[Element]:
    return [each for each in root.iter() if each.get("class") == "map-place"]


@given(places, names)
def test_any_names_make_a_sound_picture(some: list[Place], home: str) -> None:
    root = drawn(some, [Arc.to(place) for place in some], Place(home, 116.4, 39.9))
    assert len(dots(root)) == len(some) + 1


@given(places)
def test_every_dot_lies_whole_on_the_sheet(some: list[Place]) -> None:
    for circle in drawn(some).iter("circle"):
        x, y, r = (float(circle.get(key, "")) for key in ("cx", "cy", "r"))
        assert r <= x <= WIDTH - r
        assert r <= y <= HEIGHT - r


@given(places)
def test_the_order_in_which_places_are_told_does_not_matter(some: list[Place]) -> None:
    told_apart = list({(p.name, p.lon, p.lat, p.count, p.on_post): p for p in some}.values())
    assert world_map(told_apart, label="") == world_map(told_apart[::-1], label="")


def test_a_hostile_name_stays_a_name() -> None:
    name = '<script>alert("1")</script>\x00&'
    svg = world_map([Place(name, 0, 0, 1, "/x", name)], label=name)
    assert "<script" not in svg
    assert fromstring(svg).get("aria-label") == name.replace("\x00", "")


def test_an_address_that_would_run_a_script_is_no_link() -> None:
    root = drawn([Place("Here", 0, 0, 1, "javascript:alert(1)")])
    assert [each.tag for each in dots(root)] == ["g"]


def test_each_place_is_a_link_that_says_where_it_leads() -> None:
    links = dots(drawn([GUINEA, LIBYA], home=BEIJING))[:2]
    assert [(a.get("href"), a.get("aria-label")) for a in links] == [
        ("/missions/gn", "Guinea: 30 batches"),
        ("/missions/ly", "Libya 3"),
    ]
    assert [a.findtext("title") for a in links] == ["Guinea: 30 batches", "Libya 3"]


def test_a_picture_with_links_is_a_group_for_an_image_would_hide_them() -> None:
    assert drawn([GUINEA]).get("role") == "group"
    assert drawn([Place("Guinea", -10.9, 10.4)]).get("role") == "img"


def test_more_batches_make_a_larger_dot_and_on_post_wears_the_link_colour() -> None:
    large, small = (each.findall("circle")[1] for each in dots(drawn([LIBYA, GUINEA])))
    assert float(large.get("r", "")) > float(small.get("r", ""))
    assert (large.get("fill"), small.get("fill")) == ("var(--link)", "var(--muted)")


def test_the_way_to_a_team_on_post_is_heavier_and_lies_on_top() -> None:
    root = drawn([GUINEA, LIBYA], [Arc.to(GUINEA), Arc.to(LIBYA)], BEIJING)
    ways = [each for each in root.iter("path") if each.get("class") == "map-way"]
    assert [way.get("stroke-width") for way in ways] == ["0.9", "1.8"]


def test_without_a_home_there_are_no_ways() -> None:
    assert not [e for e in drawn([LIBYA], [Arc.to(LIBYA)]).iter() if e.get("class") == "map-way"]


def test_zooming_is_offered_only_where_its_buttons_have_names() -> None:
    words = ZoomWords("Plus près", "Plus loin", "Toute la carte")
    assert drawn([LIBYA], zoom=words).get("data-closer") == "Plus près"
    assert "data-closer" not in drawn([LIBYA]).attrib


def test_colours_are_the_themes_and_nothing_is_styled_inline() -> None:
    root = drawn([GUINEA, LIBYA], [Arc.to(GUINEA)], BEIJING)
    paints = {each.get(key, "none") for each in root.iter() for key in ("fill", "stroke")}
    assert {paint for paint in paints if not paint.startswith("var(--")} == {"none", "transparent"}
    assert not [each for each in root.iter() if each.get("style")]


def test_a_whole_map_is_light() -> None:
    many = [Place(f"Place {n}", n * 6 - 170, n - 30, n, "/x", on_post=n > 50) for n in range(56)]
    assert len(world_map(many, [Arc.to(p) for p in many], BEIJING, label="")) < 60_000


@given(
    st.lists(
        st.builds(
            Dot,
            x=st.floats(20, 980),
            y=st.floats(20, 370),
            radius=st.floats(3, 15),
            words=st.text("ab 几内亚", max_size=20),
            far=st.booleans(),
            raised=st.booleans(),
        ),
        max_size=40,
    )
)
def test_no_name_covers_another_or_another_dot_or_leaves_the_frame(some: list[Dot]) -> None:
    frame = Box(0, 0, WIDTH, HEIGHT)
    placed = Placement(frame).place_all(some)
    boxes = [label.box for label in placed if label]
    assert all(box.within(frame) for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    for dot, label in zip(some, placed, strict=True):
        others = [other.box for other in some if other.box != dot.box]
        assert not label or not any(label.box.meets(other) for other in others)


def test_a_small_place_in_a_crowd_keeps_its_tooltip_though_not_its_name() -> None:
    crowd = [Place(f"Somewhere long {n}", n * 0.4, 0, 1, "/x") for n in range(40)]
    root = drawn(crowd)
    named = [each for each in root.iter("text") if each.get("class") == "map-name"]
    assert 0 < len(named) < len(crowd)
    assert all(dot.findtext("title") for dot in dots(root))


def test_a_name_on_post_that_finds_no_room_is_led_away_by_a_line() -> None:
    around = [Place("", lon, lat, 2) for lon in (-7, 0, 7) for lat in (-5, 0, 5) if lon or lat]
    root = drawn([*around, Place("Nauru", 0, 0, 1, on_post=True)])
    assert [each.text for each in root.iter("text")] == ["Nauru "]
    assert len(list(root.iter("line"))) == 1


def test_chinese_names_are_taken_as_square() -> None:
    assert width_of("几内亚") == 3 * width_of("几") > width_of("abc")


WEST_AFRICA = {
    "Senegal": (-14.5, 14.4), "Gambia": (-15.4, 13.4), "Guinea-Bissau": (-15.0, 12.0),
    "Guinea": (-10.9, 10.4), "Sierra Leone": (-11.8, 8.6), "Liberia": (-9.4, 6.4),
    "Côte d’Ivoire": (-5.6, 7.6), "Ghana": (-1.2, 7.9), "Togo": (0.8, 8.6), "Benin": (2.3, 9.3),
    "Burkina Faso": (-1.6, 12.3), "Mali": (-4.0, 17.6), "Niger": (8.1, 17.6),
    "Nigeria": (8.1, 9.6), "Cape Verde": (-23.6, 15.1), "Mauritania": (-10.9, 21.0),
}  # fmt: skip


def test_names_of_a_crowded_coast_stand_apart_and_no_line_runs_through_them() -> None:
    some = [
        Place(name, lon, lat, 30 - rank, "/x", on_post=rank % 3 == 0)
        for rank, (name, (lon, lat)) in enumerate(WEST_AFRICA.items())
    ]
    root = drawn(some, [Arc.to(place) for place in some], BEIJING)
    boxes = {}
    for each in root.iter("text"):
        words = "".join(each.itertext())
        wide, x = width_of(words), float(each.get("x", ""))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[each.get("text-anchor", "")]
        y = float(each.get("y", ""))
        boxes[words] = Box(left, y - 9, left + wide, y + 2)
    assert len(boxes) > 8
    assert not [pair for pair in combinations(boxes.values(), 2) if pair[0].meets(pair[1])]
    for line in root.iter("line"):
        (x1, y1), (x2, y2) = ((float(line.get(f"{c}{n}", "")) for c in "xy") for n in (1, 2))
        for step in range(21):
            x, y = x1 + (x2 - x1) * step / 20, y1 + (y2 - y1) * step / 20
            point = Box(x, y, x + 0.01, y + 0.01)
            assert not [name for name, box in boxes.items() if box.meets(point)]


def test_a_name_leaves_the_side_on_which_a_way_runs_if_another_is_free() -> None:
    dot = Dot(100, 100, 5, "Fiji")
    frame = Box(0, 0, WIDTH, HEIGHT)
    [usual] = Placement(frame).place_all([dot])
    [moved] = Placement(frame, [(120.0, 100.0)]).place_all([dot])
    everywhere = [(float(x), float(y)) for x in range(200) for y in range(200)]
    [kept] = Placement(frame, everywhere).place_all([dot])
    assert usual is not None
    assert moved is not None
    assert (usual.anchor, moved.anchor) == ("start", "end")
    assert kept == usual, "a name on a way is better than none"


def test_a_ring_tells_a_share_and_where_nobody_knows_there_is_none() -> None:
    half = world_map([Place("Half", 10, 10, 1, ring=0.5)], label="Where")
    none = world_map([Place("None", 10, 10, 1, ring=0.0)], label="Where")
    unknown = world_map([Place("Unknown", 10, 10, 1)], label="Where")
    assert [one.count("var(--l4)") for one in (half, none, unknown)] == [1, 0, 0]
    told = half.split('stroke-dasharray="')[1].split('"')[0]
    drawn, whole = map(float, told.split())
    assert abs(drawn / whole - 0.5) < 0.01
