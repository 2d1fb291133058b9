"""Equal Earth about 60° E, cropped so that Beijing, Africa, the Caribbean and the Pacific fit.

Šavrič, Patterson and Jenny (2018): areas keep their true proportions, so no continent looms.
"""

from __future__ import annotations

import math

WIDTH = 1000.0  # units of the viewBox
HEIGHT = 393.0
CENTRE = 60.0  # degrees east; the sheet then breaks at 120° W, in the Pacific

_A = (1.340264, -0.081106, 0.000893, 0.003796)  # the polynomial of the paper
_ROOT = math.sqrt(3) / 2
_SCALE = 210.3  # units a radian: the whole globe would be 1138 wide
_LEFT = 500.0  # where 60° E stands
_EQUATOR = 227.0  # where 0° stands


def project(lon: float, lat: float) -> tuple[float, float]:
    """Degrees east and north to (x, y) in viewBox units, y downwards; may lie off the sheet."""
    turned = (lon - CENTRE + 180.0) % 360.0 - 180.0
    return project_turned(turned, lat)


def project_turned(turned: float, lat: float) -> tuple[float, float]:
    """As `project`, for a longitude already counted from the centre and not to be wrapped."""
    theta = math.asin(_ROOT * math.sin(math.radians(lat)))
    square = theta * theta
    sixth = square**3
    a1, a2, a3, a4 = _A
    slope = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
    x = math.radians(turned) * math.cos(theta) / (_ROOT * slope)
    y = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
    return _LEFT + _SCALE * x, _EQUATOR - _SCALE * y


def on_sheet(lon: float, lat: float, margin: float = 0.0) -> tuple[float, float]:
    """As `project`, but moved to the nearest point at least `margin` units inside the sheet.

    The crop leaves out the far north and a strip of North America: a place there stands at the
    edge, in its true direction, rather than nowhere.
    """
    x, y = project(lon, lat)
    return min(max(x, margin), WIDTH - margin), min(max(y, margin), HEIGHT - margin)
