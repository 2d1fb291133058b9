"""Pages: what an area lacks, who leaves, the people of a place, a need and what answers it."""

from marrow.need.views.needs import (
    confirm,
    decline,
    identify,
    index,
    link,
    listed,
    move,
    need,
    paper,
    precision,
    scan,
    unlink,
)
from marrow.need.views.outflows import (
    area,
    correct,
    hospital,
    item,
    outflow,
    people_of_area,
    people_of_hospital,
    take_back,
    take_back_people,
    tell_of_area,
    tell_of_hospital,
    template,
)
from marrow.need.views.referrals import end_way, open_way, sent_back

__all__ = [
    "area", "confirm", "correct", "decline", "end_way", "hospital", "identify", "index", "item",
    "link", "listed", "move", "need", "open_way", "outflow", "paper", "people_of_area",
    "people_of_hospital", "precision", "scan", "sent_back", "take_back", "take_back_people",
    "tell_of_area", "tell_of_hospital", "template", "unlink",
]  # fmt: skip
