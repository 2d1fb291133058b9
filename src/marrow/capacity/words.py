"""The measure's answers and causes in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marrow.capacity.models import Step, StepSignature
from marrow.capacity.queries.leaving import Gone
from marrow.capacity.rules import causes
from marrow.capacity.rules.care import Care
from marrow.ui.templatetags.marrow import number


def care_words(care: str) -> str:
    return {
        Care.BY_LOCALS: _("by locals alone"), Care.WITH_VISITORS: _("with visitors"),
        Care.MUST_LEAVE: _("must leave"),
    }.get(Care(care), _("not assessed"))  # fmt: skip


def counted_words(care: str, count: int) -> str:
    """How many items have this answer."""
    told = {
        Care.BY_LOCALS: ngettext("%(many)s by locals alone", "%(many)s by locals alone", count),
        Care.WITH_VISITORS: ngettext("%(many)s with visitors", "%(many)s with visitors", count),
        Care.MUST_LEAVE: ngettext("%(many)s must leave", "%(many)s must leave", count),
    }.get(Care(care)) or ngettext("%(many)s not assessed", "%(many)s not assessed", count)
    return told % {"many": number(count)}


def people_words(count: int) -> str:
    """On how many local people something rests."""
    told = ngettext("%(many)s local person", "%(many)s local people", count)
    return told % {"many": number(count)}


def gone_words(gone: Gone) -> str:
    """Who left for what is listed, in the year before; of how many items nobody knows."""
    if gone.patients is None:
        return _("How many left for it in the last year is unknown.")
    left = ngettext(
        "%(many)s patient left for it in the last year",
        "%(many)s patients left for it in the last year", gone.patients,
    ) % {"many": number(gone.patients)}  # fmt: skip
    if not gone.unknown:
        return _("%(left)s.") % {"left": left}
    more = ngettext("of %(many)s item unknown", "of %(many)s items unknown", gone.unknown)
    told = {"left": left, "unknown": more % {"many": number(gone.unknown)}}
    return _("%(left)s; %(unknown)s.") % told


def answer_words(care: Care | None) -> str:
    """An answer, or that there was none as the item was not listed."""
    return care_words(care) if care else pgettext("of an item", "not on the list")


def cause_words() -> dict[str, str]:
    """Each cause of a change, in the order in which they had their turn."""
    return {
        causes.LIST: pgettext("cause", "another version of the list"),
        causes.MERGE: pgettext("cause", "hospitals that became one"),
        causes.MEMBERSHIP: pgettext("cause", "hospitals that joined or left the area or the list"),
        causes.MISSION: pgettext("cause", "visitors who came or went"),
        causes.READINESS: pgettext("cause", "machines, staff or supplies"),
        causes.STEP: pgettext("cause", "steps on the ladder"),
    }


def declined_words(row: Step) -> str:
    """Who said that a step was not so, for which side, and why."""
    side = StepSignature.Side(row.declined_side).label if row.declined_side else ""
    told = {"name": row.ended_name, "side": side, "why": row.said("ended_why")}
    return _("%(name)s (%(side)s): %(why)s") % told
