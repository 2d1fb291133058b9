"""What is asked again and again while one page is read is answered once.

Only while a page is read: whoever changes something must see what they changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
_ANSWERS: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Within it answers are kept; they are forgotten at its end."""
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def remembered(ask: Callable[P, R]) -> Callable[P, R]:
    """Answer the same question once while a page is read. What is asked with must be hashable, and
    nobody changes an answer."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _ANSWERS.get()
        if known is None:
            return ask(*args, **kwargs)
        key = (ask, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = ask(*args, **kwargs)
        return cast("R", known[key])

    return asked
