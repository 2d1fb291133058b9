"""Names of languages in templates."""

from __future__ import annotations

from django import template

from marrow.people.queries import language_name

register = template.Library()
register.filter("language", language_name)
