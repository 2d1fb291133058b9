"""What changes: a month's brief until it is sent; a line of an operating list."""

from marrow.briefs.actions.briefing import send_brief, write_brief
from marrow.briefs.actions.operating import (
    operate_on,
    put_on_list,
    tell_check,
    void_screened,
)

__all__ = [
    "operate_on",
    "put_on_list",
    "send_brief",
    "tell_check",
    "void_screened",
    "write_brief",
]
