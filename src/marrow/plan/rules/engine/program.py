"""What a solver sees of a problem, as sparse arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Floats = npt.NDArray[np.float64]


@dataclass
class Program:
    """Maximise `points @ x` with `low <= rows @ x <= high` and `0 <= x <= most`; `whole` columns
    are 0 or 1."""

    points: Floats
    most: Floats
    whole: npt.NDArray[np.bool_]
    rows: sp.csr_matrix
    low: Floats
    high: Floats
