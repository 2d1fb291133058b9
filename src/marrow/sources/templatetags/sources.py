"""What a field or measure is called, for templates."""

from __future__ import annotations

from django import template

from marrow.sources.queries import field_label

register = template.Library()


@register.filter
def measure_name(field: str) -> str:
    """The name of a measure or field in the reader's language."""
    return field_label("", field)
