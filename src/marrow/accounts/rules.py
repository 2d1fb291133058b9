"""Codes on paper, and what a browser calls itself: values in, values out."""

from __future__ import annotations

import hashlib
import secrets

#: no I, L, O and U: nobody reads them wrong on paper
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 20, 4
_MEANT = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})

#: roles that a programme office may give within its own scope
BY_OFFICE = frozenset({"member", "leader", "recipient", "head", "specialist", "unit"})
#: roles that read or keep everything by their nature: a limit would promise what does not hold
WITHOUT_LIMIT = frozenset({"auditor", "admin"})
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("MicroMessenger", "WeChat"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def new_code(length: int = LENGTH) -> str:
    """Five bits of chance a letter, in groups that a person can type from paper."""
    return grouped("".join(secrets.choice(LETTERS) for _ in range(length)))


def grouped(code: str) -> str:
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def meant(typed: str) -> str:
    """The letters of a code; spaces, signs, small letters and look-alikes do not matter."""
    return "".join(c for c in typed.upper() if c.isalnum()).translate(_MEANT)


def fingerprint(typed: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(meant(typed).encode()).hexdigest()


def device_words(user_agent: str) -> tuple[str, str]:
    """The browser and the system as people call them; '' for what is not known."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return browser, system
