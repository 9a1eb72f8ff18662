"""Charts as the browser gets them: a specification in JSON, made once for the same rows and kept.

Altair checks and copies every part of a chart whenever it is made. A page draws itself anew at each click, so most of
what it would make is what it has made before.
"""

import hashlib
import json
import pickle
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, ParamSpec

if TYPE_CHECKING:
    import altair as alt

Rows = ParamSpec("Rows")

CHARTS_KEPT = 400
"""Of the whole server, the last drawn; one takes some 20 kB."""


class DrawnChart:
    """The Vega-Lite specification of a chart.

    Attributes
    ----------
    text
        Its JSON.
    """

    def __init__(self, chart: "alt.LayerChart") -> None:
        import altair as alt

        # Rows stay in their layers: as named datasets they would be made into tables for the browser at each drawing.
        alt.data_transformers.consolidate_datasets = False
        # The default theme would give every chart a width and height of its own.
        with alt.theme.enable("none"):
            self.text = json.dumps(chart.to_dict(validate=False))

    def to_dict(self) -> dict[str, Any]:
        """A specification of one's own, to be changed at will."""
        spec: dict[str, Any] = json.loads(self.text)
        return spec


_kept: OrderedDict[bytes, DrawnChart] = OrderedDict()
_turn = Lock()


def drawn_once(make: "Callable[Rows, alt.LayerChart]") -> Callable[Rows, DrawnChart]:
    """Make a function that makes a chart give its specification, and that of the last time for the same arguments.

    The arguments must be able to be pickled.
    """

    @wraps(make)
    def drawn(*arguments: Rows.args, **named: Rows.kwargs) -> DrawnChart:
        asked = pickle.dumps((make.__module__, make.__qualname__, arguments, sorted(named.items())))
        key = hashlib.sha256(asked).digest()
        with _turn:  # the theme is everybody's
            chart = _kept.pop(key, None) or DrawnChart(make(*arguments, **named))
            _kept[key] = chart
            while len(_kept) > CHARTS_KEPT:
                _kept.popitem(last=False)
        return chart

    return drawn
