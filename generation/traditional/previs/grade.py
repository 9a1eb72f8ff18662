"""The grade of a previs: air, exposure, lens and a little grain, all scene-linear; the air has the horizon's colour."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.picture.grain import FilmGrain
from generation.traditional.lens import add_grain, through_lens
from generation.traditional.previs.parameters import PrevisParameters

SKY_METRES = 900.0
_BLOOM, _VIGNETTE, GRAIN = 0.08, 0.42, 0.006
#: Air begins to be seen only behind the action.
_CLEAR_METRES = 12.0


@dataclass(frozen=True)
class PrevisGrade:
    """Exposure in stops, colour of the air, and the distance at which 63 % of it is seen."""

    exposure_stops: float
    haze_colour: tuple[float, float, float]
    haze_metres: float

    @classmethod
    def of(cls, parameters: PrevisParameters) -> "PrevisGrade":
        """The grade for the light of the parameters. The horizon's colour is that of `blender/previs/light.py`."""
        low_sun = float(np.interp(parameters.sun_elevation_degrees, [10, 34], [1.0, 0.0])) * (1 - parameters.overcast)
        clear = np.array([0.66, 0.74, 0.84]) + low_sun * np.array([0.16, 0.0, -0.20])
        red, green, blue = (
            (1 - parameters.overcast) * clear + parameters.overcast * np.array([0.74, 0.76, 0.79])
        ).tolist()
        return cls(0.5 + 0.3 * low_sun + 0.2 * parameters.overcast, (red, green, blue), parameters.haze_metres)

    def apply(
        self, picture: NDArray[np.float32], distance: NDArray[np.float32], seed_and_frame: tuple[int, int] | None
    ) -> NDArray[np.float32]:
        """A rendered frame (H, W, 3) with its distances (H, W) in metres, graded; no grain without a seed."""
        sky = distance >= SKY_METRES
        air = 1 - np.exp(-np.where(sky, 0.0, np.maximum(distance - _CLEAR_METRES, 0.0)) / self.haze_metres)[..., None]
        # The horizon is a little darker than white, so that roofs still stand against it.
        hazed = picture * (1 - air) + np.asarray(self.haze_colour, np.float32) * 0.8 * air
        exposed = np.asarray(hazed * 2.0**self.exposure_stops, np.float32)
        seen = through_lens(exposed, _BLOOM, _VIGNETTE)
        if seed_and_frame is None:
            return seen
        seed, frame = seed_and_frame
        return add_grain(seen, FilmGrain(GRAIN, seed), frame)
