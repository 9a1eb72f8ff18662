"""What a seed draws: a building, a street, a light and a composition that belong together."""

import math
from typing import Any

import numpy as np

from generation.traditional.city.random_streams import random_stream

#: Where the operator stands. Ranges: azimuth from the facade (degrees), height (m), room, lens (mm), street width (m).
_COMPOSITIONS: dict[str, tuple[tuple[float, float], ...]] = {
    "street": ((6, 40), (1.3, 2.2), (0.16, 0.38), (24, 34), (15, 24)),
    "close": ((14, 44), (0.7, 1.5), (0.10, 0.18), (15.5, 20), (13, 19)),
    "balcony": ((8, 44), (7.0, 14.0), (0.14, 0.36), (26, 40), (16, 26)),
    "roof": ((20, 50), (17.0, 27.0), (0.12, 0.30), (32, 48), (18, 30)),
    "down the street": ((49, 56), (1.6, 5.0), (0.08, 0.20), (28, 42), (18, 26)),
}
_COMPOSITION_SHARES = (0.30, 0.20, 0.18, 0.14, 0.18)
#: What may stand before the lens.
_FOREGROUNDS: dict[str, tuple[str, ...]] = {
    "street": ("none", "lamp", "tree", "car", "tree"),
    "close": ("none", "lamp", "car"),
    "balcony": ("none", "tree", "parapet", "tree"),
    "roof": ("parapet", "none"),
    "down the street": ("tree", "lamp", "car"),
}
#: Sun turned away from the camera (degrees; 0 is behind it), elevation (degrees), overcast, haze (m), clouds.
_WEATHERS: dict[str, tuple[tuple[float, float], ...]] = {
    "noon": ((20, 75), (46, 60), (0.0, 0.0), (400, 800), (0.15, 0.6)),
    "afternoon": ((25, 70), (27, 42), (0.0, 0.12), (300, 700), (0.3, 0.8)),
    "side light": ((75, 110), (20, 34), (0.0, 0.1), (260, 600), (0.2, 0.7)),
    "low sun": ((35, 105), (8, 15), (0.0, 0.0), (220, 480), (0.2, 0.6)),
    "backlight": ((130, 158), (17, 32), (0.0, 0.15), (240, 420), (0.2, 0.6)),
    "overcast": ((20, 120), (30, 55), (0.78, 1.0), (260, 520), (0.4, 0.9)),
    "hazy": ((40, 115), (22, 40), (0.25, 0.45), (140, 210), (0.3, 0.7)),
}
_WEATHER_SHARES = (0.16, 0.20, 0.16, 0.16, 0.12, 0.10, 0.10)


def drawn(seed: int) -> dict[str, Any]:
    """Values of all parameters that differ from seed to seed, by name."""
    building, place = random_stream(seed, "building"), random_stream(seed, "place")
    floors = int(building.choice([4, 5, 6, 7, 8, 9], p=[0.10, 0.15, 0.25, 0.25, 0.15, 0.10]))
    corner = int(place.choice([-1, 1, 0], p=[0.4, 0.4, 0.2]))
    values = {
        "floors": floors,
        "width_metres": _between(building, (13.5, 22.0), 2),
        "depth_metres": _between(building, (11.0, 14.5), 2),
        "bay_metres": _between(building, (2.9, 3.8), 2),
        "palette": int(building.integers(0, 12)),
        "brick_share": _between(place, (0.15, 0.7), 2),
        "corner": corner,
        "neighbour_floors": int(place.integers(3, 8)),
    }
    composition = _composition(seed, corner)
    return values | _event(seed, floors) | composition | _weather(seed, composition["camera_azimuth_degrees"])


def _event(seed: int, floors: int) -> dict[str, Any]:
    event = random_stream(seed, "event")
    return {
        "undermined": str(event.choice(["west", "east", "front", "centre"], p=[0.32, 0.32, 0.2, 0.16])),
        "release_seconds": _between(event, (0.25, 0.46), 3),
        "glue_strength": _between(event, (1.0, 2.2), 3),
        # Taller buildings run a little faster, or they would still stand at the shot's end.
        "time_scale": round(1.5 * math.sqrt(max(1.0, floors / 6.5)), 3),
        "dust_amount": _between(event, (0.8, 1.15), 3),
    }


def _composition(seed: int, corner: int) -> dict[str, Any]:
    camera = random_stream(seed, "camera")
    # The camera stands on the side of the side street, so that two faces of the building are seen.
    side = corner if corner else int(camera.choice([-1, 1]))
    kind = str(camera.choice(list(_COMPOSITIONS), p=_COMPOSITION_SHARES))
    azimuth, height, room, lens, street = _COMPOSITIONS[kind]
    return {
        "camera_azimuth_degrees": round(side * float(camera.uniform(*azimuth)), 2),
        "camera_height_metres": _between(camera, height, 2),
        "camera_room": _between(camera, room, 3),
        "camera_aside": round(float(camera.choice([-1, 1])) * float(camera.uniform(0.15, 0.9)), 3),
        "camera_shake": _between(camera, (0.7, 1.6), 3),
        "lens_mm": _between(camera, lens, 1),
        "street_width_metres": _between(camera, street, 1),
        "foreground": str(camera.choice(_FOREGROUNDS[kind])),
    }


def _weather(seed: int, camera_azimuth: float) -> dict[str, Any]:
    light = random_stream(seed, "light")
    away, elevation, overcast, haze, clouds = _WEATHERS[str(light.choice(list(_WEATHERS), p=_WEATHER_SHARES))]
    turn = float(light.uniform(*away)) * float(light.choice([-1, 1]))
    return {
        "sun_azimuth_degrees": round(-90.0 + camera_azimuth + turn, 1),
        "sun_elevation_degrees": _between(light, elevation, 1),
        "overcast": _between(light, overcast, 3),
        "haze_metres": _between(light, haze, 0),
        "cloud_cover": _between(light, clouds, 3),
    }


def _between(stream: np.random.Generator, ends: tuple[float, float], digits: int) -> float:
    return round(float(stream.uniform(*ends)), digits)
