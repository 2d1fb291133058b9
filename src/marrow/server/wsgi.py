"""The door for a web server: `granian --interface wsgi marrow.server.wsgi:application`."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

if "MARROW_MODE" not in os.environ:  # a demonstration lets everybody in: nobody gets one unasked
    raise ImproperlyConfigured("Set MARROW_MODE to live, or to demo for a demonstration.")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
application = get_wsgi_application()
