"""The array type of this half; what shape and unit an array has is said where it is used."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Arrays = dict[str, Array]
