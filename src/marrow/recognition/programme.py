"""The programme of a ceremony as a letter file: order of the day, speakers, everybody honoured."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.core.words import in_tongue
from marrow.recognition.queries import called
from marrow.ui.papers.filling import filled
from marrow.ui.papers.letters import Layout, made


def programme_docx(page: dict[str, Any]) -> bytes:
    """Of what a ceremony's page shows; names go in as values, never as a template's own words."""
    event = page["event"]
    above = ["{{ held }}"]
    values = {"title": str(event), "held": _held(event)}
    for number, line in enumerate(_lines(page)):
        values[f"line{number}"] = line
        above.append(f"{{{{ line{number} }}}}")
    columns = [
        (_("No."), "{{ person.no }}"), (pgettext("of a person", "Name"), "{{ person.name }}"),
        (_("Unit"), "{{ person.unit }}"), (_("Honour"), "{{ person.award }}"),
    ]  # fmt: skip
    layout = Layout("{{ title }}", above, columns, [])
    each = [
        {
            "person.no": str(number), "person.name": called(one, page["seen"]),
            "person.unit": one.said("unit_told"), "person.award": one.award_words,
        }
        for rows in (page["groups"], page["persons"])
        for number, one in enumerate(rows, 1)
    ]  # fmt: skip
    return filled(made(layout, "docx"), "docx", values, each)


def _held(event: Any) -> str:
    return " · ".join(filter(None, (event.held_on, in_tongue(event.place))))


def _lines(page: dict[str, Any]) -> list[str]:
    """The order of the day, then who speaks."""
    lines = []
    if page["agenda"]:
        lines.append(_("Order of the day"))
    lines += [
        "  ".join(filter(None, (i.begins_at, i.said("agenda_point"), i.said("agenda_who"))))
        for i in page["agenda"]
    ]
    if page["speakers"]:
        lines.append(_("Who speaks"))
    for one in page["speakers"]:
        office = in_tongue(one.office)
        lines.append(f"{one} ({office})" if office else str(one))
    return lines
