"""Names of specialties and languages in templates."""

from __future__ import annotations

from django import template

from marrow.people.queries import language_name, specialty_name

register = template.Library()
register.filter("specialty", specialty_name)
register.filter("language", language_name)
