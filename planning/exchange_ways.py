"""Whether numbers leaving and joining can be matched to allowed ways, and the row that says why not.

By Hall's theorem a matching exists unless some senders together send more than all their possible hosts take.
Such senders are found by a minimum cut; the row that forbids them is exact.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

FINE = 10_000
"""Parts into which broken numbers of a relaxed solution are cut for the flow."""
SLACK = 1e-3


def stuck(leave: np.ndarray, join: np.ndarray, pairs: np.ndarray) -> np.ndarray | None:
    """Return senders who together send more than all their hosts take; None when everybody can be placed."""
    size = len(leave)
    out, into = np.rint(leave * FINE).astype(int), np.rint(join * FINE).astype(int)
    ones, others = np.nonzero(pairs & (out[:, None] > 0) & (into[None, :] > 0))
    senders, hosts = np.flatnonzero(out), np.flatnonzero(into)
    starts = np.concatenate([np.zeros(len(senders), int), ones + 1, hosts + size + 1])
    ends = np.concatenate([senders + 1, others + size + 1, np.full(len(hosts), 2 * size + 1)])
    room = np.concatenate([out[senders], np.full(len(ones), out.sum() + 1), into[hosts]])
    capacity = csr_array((room.astype(np.int32), (starts, ends)), shape=(2 * size + 2,) * 2)
    flow = maximum_flow(capacity, 0, 2 * size + 1)
    left = csr_array(capacity - flow.flow)
    left.data = (left.data > 0).astype(np.int32)
    left.eliminate_zeros()
    reached = breadth_first_order(left, 0, return_predecessors=False)
    chosen = np.zeros(size, bool)
    chosen[[node - 1 for node in reached if 1 <= node <= size]] = True
    hosted = pairs[chosen].any(axis=0)
    return chosen if leave[chosen].sum() > join[hosted].sum() + SLACK else None
