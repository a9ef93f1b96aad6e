"""Who goes where: the numbers leaving and joining matched to the least distance and disruption."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.optimize import linprog
from scipy.sparse import csr_array

from planning.exchange_problem import KINDS, Problem

EARTH_KM = 6371.0
UNKNOWN_KM = 50.0
"""Where a school's place is unknown, in the matching alone."""
CROSSING_KM = 1000.0
"""What leaving one's consortium or township weighs: more than any way within a county."""


def distances(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """Return the great-circle distances between places in km, NaN where a place is unknown."""
    east, north = np.radians(longitude), np.radians(latitude)
    across = np.sin((north[:, None] - north[None, :]) / 2) ** 2
    along = np.sin((east[:, None] - east[None, :]) / 2) ** 2
    turn = across + np.cos(north)[:, None] * np.cos(north)[None, :] * along
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(turn)))


def match(
    problem: Problem, leave: np.ndarray, join: np.ndarray, km: np.ndarray, together: np.ndarray | None
) -> pl.DataFrame:
    """Return the moves, a row a pair of cells and kind: `from_cell`, `to_cell`, `kind`, `teachers`, `km`.

    `together` tells which cells share the group that moves should stay within, where one is preferred.
    """
    way = np.where(np.isnan(km), UNKNOWN_KM, km)
    if together is not None:
        way = way + np.where(together, 0.0, CROSSING_KM)
    pairs = problem.pairs()
    rows = [
        row for kind in range(len(KINDS)) for row in _of_kind(leave[:, kind], join[:, kind], way, pairs, kind)
    ]
    schema = {"from_cell": pl.Int64, "to_cell": pl.Int64, "kind": pl.Int64, "teachers": pl.Int64}
    moves = pl.DataFrame(rows, schema=schema, orient="row")
    far = [float(km[one, other]) for one, other in moves.select("from_cell", "to_cell").iter_rows()]
    return moves.with_columns(km=pl.Series(far, dtype=pl.Float64).fill_nan(None))


def _of_kind(
    leave: np.ndarray, join: np.ndarray, way: np.ndarray, pairs: np.ndarray, kind: int
) -> list[tuple[int, int, int, int]]:
    """The transport problem of one kind; its corners are whole numbers."""
    senders, hosts = np.flatnonzero(leave), np.flatnonzero(join)
    arcs = [(one, other) for one in senders for other in hosts if pairs[one, other]]
    if not arcs:
        return []
    ones, others = np.array(arcs).T
    at = np.arange(len(arcs))
    place = {cell: row for row, cell in enumerate(senders)} | {
        -1 - cell: len(senders) + row for row, cell in enumerate(hosts)
    }
    rows = np.concatenate([[place[one] for one in ones], [place[-1 - other] for other in others]])
    balance = csr_array((np.ones(2 * len(arcs)), (rows, np.concatenate([at, at]))))
    found = linprog(
        way[ones, others], A_eq=balance, b_eq=np.concatenate([leave[senders], join[hosts]]), method="highs-ds"
    )
    taken = np.rint(found.x).astype(int)
    return [(int(ones[arc]), int(others[arc]), kind, int(taken[arc])) for arc in np.flatnonzero(taken)]
