"""What a certificate says, in its languages: made of the record as it was issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from marrow.accounts.rules import grouped
from marrow.core.words import in_tongue
from marrow.recognition.models import Certificate
from marrow.teams.letters import LOCALES, called, latin, written
from marrow.ui.papers.certificates import Sheet, certificates_pdf

ORDER = {"ALL": ("zh", "en", "fr"), "ZH": ("zh",), "EN": ("en",), "FR": ("fr",)}


def pdf_of(rows: Sequence[Certificate], check: str, motto: str, title: str) -> bytes:
    """One page a certificate; `check` is the address under which codes are checked."""
    return certificates_pdf([sheet_of(row, check, motto) for row in rows], title)


def sheet_of(row: Certificate, check: str, motto: str = "") -> Sheet:
    languages = ORDER[row.languages]
    first, *others = languages
    name = called(row.names, first)
    also = latin(row.names, "en") if first == "zh" else row.names.get("zh", "")
    return Sheet(
        title=_in(first, _title),
        subtitle=" · ".join(_in(one, _title) for one in others),
        name=name,
        also_named=also if also != name else "",
        texts=[_in(one, _text, row, one) for one in languages],
        motto=motto if first == "zh" else "",
        address=f"{check}{grouped(row.code)}/",
        proof=_in(first, _proof, row, check),
        signing=_in(first, _signing, row, first),
        watermark=_in(first, _mark, row),
    )


def _in(language: str, words, *told):  # type: ignore[no-untyped-def]
    with translation.override(LOCALES[language]):
        return words(*told)


def _title() -> str:
    return _("Certificate of Honour")


def _mark(row: Certificate) -> str:
    if row.withdrawn_on:
        return _("withdrawn, no longer valid")
    return _("invented, for demonstration") if row.assignment.person.invented else ""


def _text(row: Certificate, language: str) -> str:
    told = {
        "mission": called(row.mission_names, language),
        "start": _day(row.started_on, language), "end": _day(row.ended_on, language),
        "days": row.days,
    }  # fmt: skip
    if row.days is None:
        return (
            _("served in “%(mission)s”. This certificate is given in recognition of that service.")
            % told
        )
    return (
        _(
            "served in “%(mission)s” from %(start)s to %(end)s, %(days)s days in all. This"
            " certificate is given in recognition of that service."
        )
        % told
    )


def _day(day: dt.date | None, language: str) -> str:
    """A day whose parts are not torn apart at a line's end."""
    return written(day, language).replace(" ", "\u00a0")


def _proof(row: Certificate, check: str) -> list[str]:
    return [
        _("No. %(number)s") % {"number": row.number},
        _("Whether it is genuine: scan, or type the code at"),
        check.partition("://")[2].rstrip("/"),
        grouped(row.code),
    ]


def _signing(row: Certificate, language: str) -> list[str]:
    lines = [in_tongue(row.issuer, language)]
    if row.signed_by:
        name = called(row.signed_by_names, language) or row.signed_by
        lines.append(_("Signed by: %(name)s") % {"name": name})
    return [*lines, written(row.issued_on, language)]
