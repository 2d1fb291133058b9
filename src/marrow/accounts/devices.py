"""What a browser is called in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marrow.accounts.rules import device_words


def device_in_short(user_agent: str) -> str:
    """Chrome · Android: what is kept as a name, for readers of every language; '' if unknown."""
    return " · ".join(filter(None, device_words(user_agent)))


def device_called(user_agent: str) -> str:
    """Chrome on Android: the browser and the system as people call them."""
    browser, system = device_words(user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("an unknown device")
