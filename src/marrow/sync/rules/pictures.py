"""A photograph drawn anew: what a camera writes beside the picture (place, time, owner) is lost."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

KINDS = ("JPEG", "PNG", "WEBP")
LARGEST = 10 * 1024 * 1024  # bytes of a file
MOST_PIXELS = 60_000_000
LONGEST = 2400  # pixels of the longer side that are kept
QUALITY = 88


class NoPicture(Exception):
    """The file is not taken; `why` is SIZE, KIND or PIXELS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG with nothing but its pixels."""

    data: bytes
    width: int
    height: int


def drawn_anew(data: bytes) -> Picture:
    """The picture alone, upright, at most 2400 pixels long; raises NoPicture."""
    if len(data) > LARGEST:
        raise NoPicture("SIZE")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(data)
    except NoPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise NoPicture("PIXELS") from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as wrong:
        raise NoPicture("KIND") from wrong


def _drawn(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=KINDS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise NoPicture("PIXELS")
        opened.draft("RGB", (LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((LONGEST, LONGEST))
    # onto white, in a picture of its own: nothing of the first one's notes comes along
    page = Image.new("RGB", upright.size, "white")
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        page.paste(clear, mask=clear.getchannel("A"))
    else:
        page.paste(upright.convert("RGB"))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), page.width, page.height)
