"""How a short text is broken into lines that are about equally long, in Chinese and in Latin."""

from __future__ import annotations

import re
from collections.abc import Callable

NOT_FIRST = "，。；：、！？）》」』”’·…"  # never at the beginning of a line
NOT_LAST = "（《「『“‘"  # never at its end
#: a Chinese sign by itself, or a run of what stays together: figures, Latin words, short brackets
_PIECES = re.compile(r"（[^（）]{1,6}）|[0-9A-Za-zÀ-ɏ.\-/]+[年月日天批]?|\s+|.", re.DOTALL)
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
Width = Callable[[str], float]


def is_wide(text: str) -> bool:
    """Whether there is any Chinese in the text."""
    return bool(_WIDE.search(text))


def broken(text: str, most: float, width: Width) -> list[str]:
    """The text in as few lines as `most` allows, none much shorter than the others."""
    pieces = _pieces(text)
    wanted = len(_filled(pieces, most, width))
    low, high = most / max(wanted, 1) * 0.9, most
    while high - low > 1:
        middle = (low + high) / 2
        if len(_filled(pieces, middle, width)) <= wanted:
            high = middle
        else:
            low = middle
    return _filled(pieces, high, width)


def _pieces(text: str) -> list[str]:
    """What is never parted: words with the space before them, signs with their punctuation."""
    if not is_wide(text):
        words = text.split(" ")
        return words[:1] + [f" {word}" for word in words[1:]]
    found: list[str] = []
    for piece in _PIECES.findall(text):
        if found and (piece in NOT_FIRST or found[-1][-1] in NOT_LAST):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _filled(pieces: list[str], most: float, width: Width) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and width(line + piece) > most:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() else lines
