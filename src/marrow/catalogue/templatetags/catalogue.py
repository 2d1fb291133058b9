"""Names of specialties in templates."""

from __future__ import annotations

from django import template

from marrow.catalogue.queries.specialties import specialty_name

register = template.Library()
register.filter("specialty", specialty_name)
