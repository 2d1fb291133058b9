"""Filters and tags that every page uses: names, numbers, dates, icons, with their unknowns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from marrow.core.spoken import Spoken, tongue_of
from marrow.core.words import colon, in_tongue, original, tongue
from marrow.ui.icons import PATHS
from marrow.ui.slips.marks import FIELD, slip_for

register = template.Library()
QUOTES = {"fr": ("«\u00a0", "\u00a0»")}  # other pages have English ones, which Chinese shares


@register.filter
def named(thing: Any) -> str:
    """A name in the reader's language: of a record with `names`, or of the names themselves."""
    names = thing if isinstance(thing, Mapping) else getattr(thing, "names", None)
    return in_tongue(names) if names else ("" if thing is None else str(thing))


@register.filter
def also_named(thing: Any) -> str:
    """The name in the tongue of the original, to set beside the shown one."""
    names = thing if isinstance(thing, Mapping) else getattr(thing, "names", {})
    return original(names)


@register.filter
def number(value: Any) -> str:
    """830,000 · 83万 · 830 000; None is the word unknown."""
    if value is None or value == "":
        return gettext("unknown")
    language = (get_language() or "en")[:2]
    whole = int(value) if float(value).is_integer() else value
    if language == "zh" and isinstance(whole, int):
        return _in_myriads(whole)
    return format_decimal(whole, locale=language)


def _in_myriads(whole: int) -> str:
    """Chinese readers count by 万 and 亿; only where nothing is lost."""
    for unit, sign in ((100_000_000, "亿"), (10_000, "万")):
        if whole >= unit and whole * 100 % unit == 0:
            return f"{whole / unit:g}{sign}"
    return format_decimal(whole, locale="zh")


@register.filter
def decimal(value: float | Decimal | None, digits: int = 1) -> str:
    """18,720.0 · 18,720.0 · 18 720,0: with so many decimals; nothing of what is not there."""
    if value is None or value == "":
        return ""
    return _decimal(value, f"#,##0.{'0' * digits}" if digits else "#,##0", digits)


def signed(value: float, digits: int = 1) -> str:
    """The same with its sign: +2.7 · +2.7 · +2,7."""
    return _decimal(value, f"+#,##0.{'0' * digits};-#,##0.{'0' * digits}", digits)


def at_most_decimals(value: float, digits: int = 2) -> str:
    """The same with so many decimals at most: 539.1 · 539.1 · 539,1."""
    return _decimal(value, f"#,##0.{'#' * digits}", digits)


def _decimal(value: float | Decimal, pattern: str, digits: int) -> str:
    shown = round(Decimal(str(value)), digits) + 0  # what rounds to nothing has no minus
    return format_decimal(shown, pattern, locale=(get_language() or "en")[:2])


@register.filter
def told(value: str | None) -> str:
    """A partial date as it was told, or the word unknown."""
    return value or gettext("unknown")


@register.filter
def long_day(day: dt.date) -> str:
    """Tuesday 24 November 2026 · 2026年11月24日星期二 · mardi 24 novembre 2026."""
    language = (get_language() or "en")[:2]
    pattern = "y年M月d日EEEE" if language == "zh" else "EEEE d MMMM y"
    return format_date(day, pattern, locale=language)


@register.filter
def period(value: str) -> str:
    """A period ("2014/2016") as people write it."""
    return value.replace("/", "–")


@register.filter
def known(value: Any) -> Any:
    """The value, or the word unknown."""
    return gettext("unknown") if value in (None, "") else value


@register.filter
def with_precision(value: str, precision: str) -> str:
    """The precision word that the source uses, before the number."""
    words = {
        "ABOUT": pgettext("precision", "about %s"),
        "NEARLY": pgettext("precision", "nearly %s"),
        "OVER": pgettext("precision", "over %s"),
        "UP_TO": pgettext("precision", "up to %s"),
        "AT_LEAST": pgettext("precision", "at least %s"),
    }
    return words.get(precision, "%s") % value


@register.filter
def lookup(table: Mapping[Any, Any], key: Any) -> Any:
    return table.get(key)


class FormMarks(CsrfTokenNode):
    """Django's proof that the page is ours, and with it the page's slip."""

    def render(self, context: template.Context) -> str:
        proof = super().render(context)
        slip = slip_for(context["request"]) if "request" in context else ""
        if not slip:
            return proof
        return proof + format_html('<input type="hidden" name="{}" value="{}">', FIELD, slip)


@register.tag("csrf_token")
def form_marks(parser: Parser, token: Token) -> FormMarks:
    """In Django's place, so that no form can be written without its slip."""
    return FormMarks()


register.simple_tag(colon)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Lucide icon, inlined; a label stands beside it always."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        SafeString(PATHS[name]),
    )


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changed: Any) -> str:
    """The page's own address with some parameters changed."""
    parameters = context["request"].GET.copy()
    for name, value in changed.items():
        parameters[name] = value
    return f"?{parameters.urlencode()}"


@register.filter
def as_written(text: str) -> str:
    """What a person wrote, where nobody said in which language: it is told by its script and its
    small words, and marked where it is not the page's (voices, hyphens, shapes of characters)."""
    language = tongue_of(text or "")
    if language in ("", tongue()):
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def said(row: Spoken, column: str) -> str:
    """A person's words in the reader's language where they were said in it, else as they were
    written, marked with their language."""
    text, language = row.said(column), row.said_in(column)
    if not text or language in ("", tongue()):
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def in_quotes(text: str) -> SafeString:
    """What somebody said, between the signs of the page's language."""
    before, after = QUOTES.get(tongue(), ("“", "”"))
    return format_html("{}{}{}", before, text, after)


@register.filter
def said_plainly(row: Spoken, column: str) -> str:
    """The same without a mark: of a title, and where the element around has it (`said_in`)."""
    return row.said(column)


@register.filter
def said_in(row: Spoken, column: str) -> str:
    """The language of what is shown; that of the page where nobody can tell."""
    return row.said_in(column) or tongue()


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, for short loops in templates."""
    return text.split()
