"""Whether bytes are a scan that somebody can open: a whole PDF, PNG or JPEG."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 120_000_000
TAIL = 4096  # a PDF ends with where its table begins; scanners write a little after it
PDF = b"%PDF-"
#: how a picture that is taken begins
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff")


def opens(scan: bytes) -> bool:
    """Whether it is a PDF with a page and its end, or a picture that can be read to its end."""
    if scan.startswith(PDF):
        end = scan[-TAIL:]
        paged = b"/Page" in scan or b"/ObjStm" in scan  # in the latter pages lie packed
        return paged and b"startxref" in end and b"%%EOF" in end
    return scan.startswith(PICTURES) and _reads(scan)


def _reads(scan: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(scan), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return False
                picture.draft("L", (256, 256))
                picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return False
    return True
