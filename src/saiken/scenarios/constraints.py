"""Sales that a balance sheet forces: only when a limit binds, and only ever sales.

Greenwood, Landier and Thesmar, "Vulnerable banks", JFE 2015; Cont and Schaanning, "Fire sales,
indirect contagion and systemic stress testing", Norges Bank WP 2/2017.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def forced_sales(
    assets: Array | float, equity: Array | float, loss: Array, buffer: Array | float
) -> Array:
    """What is sold after `loss` by a holder whose leverage may rise to `buffer` times its own.

    All in one currency; `assets` and `equity` before the loss. Nothing is sold while
    (A − L)/(E − L) ≤ buffer·A/E; beyond, as much as brings leverage back to that cap. With a
    buffer of 1 this is leverage targeting: L·(A/E − 1) is sold. A holder without equity left
    sells all it has. Gains never lead to purchases.
    """
    wanted = buffer * assets / equity * np.maximum(equity - loss, 0.0)
    return np.where(loss > 0, np.maximum(assets - loss - wanted, 0.0), 0.0)


def aggregate_vulnerability(
    assets: float, equity: float, shock: float, illiquidity: float, buffer: float = 1.0
) -> float:
    """Losses by fire sales per unit of equity after all assets fall by `shock` (a share).

    One round: sales times `illiquidity` (price fall per unit sold) on the assets held.
    """
    loss = np.array(assets * shock)
    sold = forced_sales(assets, equity, loss, buffer)
    return float(assets * illiquidity * sold / equity)
