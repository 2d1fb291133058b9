"""What is asked again and again while one page is read is answered once.

Only while a page is read: whoever changes something must see what they changed. What lines of a
phone never change (`steady`: a mission, where a team works, who may write there) is answered once
for all lines of a push that are taken in one transaction.
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
_STEADY: ContextVar[dict[Hashable, Any] | None] = ContextVar("steady", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Within it answers are kept; they are forgotten at its end."""
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


@contextmanager
def taking() -> Iterator[None]:
    """Within it answers of what is `steady` are kept."""
    token = _STEADY.set({})
    try:
        yield
    finally:
        _STEADY.reset(token)


def remembered(ask: Callable[P, R]) -> Callable[P, R]:
    """Answer the same question once while a page is read. What is asked with must be hashable, and
    nobody changes an answer."""
    return _once(_ANSWERS, ask)


def steady(ask: Callable[P, R]) -> Callable[P, R]:
    """Answer the same question once while lines of a phone are taken; as with `remembered`."""
    return _once(_STEADY, ask)


def _once(answers: ContextVar[dict[Hashable, Any] | None], ask: Callable[P, R]) -> Callable[P, R]:
    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        known = answers.get()
        if known is None:
            return ask(*args, **kwargs)
        key = (ask, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = ask(*args, **kwargs)
        return cast("R", known[key])

    return asked
