"""The archive's lists as tables: batches with what is known of each, figures with their words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from marrow.archive import queries
from marrow.core.subjects import shown_all
from marrow.core.words import in_tongue, semicolon
from marrow.missions.models import Mission
from marrow.sources.models import Fact
from marrow.sources.rules import MEASURES
from marrow.ui.papers.tables import Row


def mission_header() -> list[str]:
    return [
        _("Programme"), _("Series"), _("Number"), _("Name"), _("Kind"), _("Status"),
        _("Status as of"), _("Persons"), _("Sent by"), _("Agreement signed"), _("Left"),
        _("Arrived"), _("Returned"), _("Work period, months"), _("Places of work"), _("Page"),
        _("Purpose"), _("What marks it"),
    ]  # fmt: skip


def mission_rows(*, on_post: bool, **chosen: str) -> Iterator[Row]:
    """What is unknown is an empty cell, never 0. `chosen` narrows as the page does."""
    for m in queries.chosen_missions(on_post=on_post, **chosen):
        yield [
            str(m.programme), str(m.series or ""), m.number, str(m), m.get_kind_display(),
            m.get_status_display(), m.status_as_of, m.size, str(m.sender or m.sender_body or ""),
            m.signed_on, m.departed_on, m.arrived_on, m.returned_on, m.months, _sites(m),
            f"/batches/{m.pk}/", semicolon().join(m.purpose_labels), semicolon().join(m.tag_labels),
        ]  # fmt: skip


def _sites(mission: Mission) -> str:
    return semicolon().join(str(site) for site in mission.sites.all())


def figure_header() -> list[str]:
    return [
        _("About"), _("What is counted"), _("Precision"), _("Figure"), _("Unit"), _("As told"),
        _("Period"), _("As of"), _("Completeness"), _("Standing"), _("Words"), _("Document"),
        _("Published"), _("Read on"),
    ]  # fmt: skip


def figure_rows() -> Iterator[Row]:
    """Every telling of every figure, side by side; nothing is chosen here."""
    rows = Fact.objects.filter(field__in=MEASURES).exclude(number=None)
    facts = list(rows.select_related("quote__document").order_by("about", "field", "standing"))
    about = shown_all((f.about_model, f.about) for f in facts)
    for f in facts:
        measure, document = MEASURES[f.field], f.quote.document
        yield [
            about[f.about].name if f.about in about else "", in_tongue(measure.names),
            f.get_precision_display(), f.number, in_tongue(measure.unit), f.value, f.period,
            f.as_of, _("incomplete statistics") if f.incomplete else "", f.get_standing_display(),
            f.quote.text, document.title, document.published_on, document.read_on,
        ]  # fmt: skip
