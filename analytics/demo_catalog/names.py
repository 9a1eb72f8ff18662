"""Names of what was never made: titles, vendors, sequences and descriptions of a fictitious streamer."""

from collections.abc import Sequence

import numpy as np

from analytics.vocabulary.shot import ShotKind

TITLES = (
    ("The Ninth Ferryman", "series", "drama"),
    ("Copper Meridian", "film", "science fiction"),
    ("Where the Glass Ends", "series", "science fiction"),
    ("Low Orbit Hotel", "series", "comedy"),
    ("A Winter of Small Engines", "film", "drama"),
    ("The Cartographer's Debt", "series", "adventure"),
    ("Tidewater Nine", "series", "thriller"),
    ("Night Shift at the Planetarium", "film", "horror"),
    ("The Lantern Quarry", "series", "fantasy"),
    ("Blue Hour Protocol", "film", "thriller"),
    ("Saltgrass Road", "series", "drama"),
    ("Eleven Bridges to Corran", "film", "fantasy"),
)
"""Name, kind and genre of the titles of a small slate. A larger one goes on with names put together from words."""
_FIRST = (
    "Amber", "Barren", "Bitter", "Borrowed", "Broken", "Burnt", "Candle", "Cinder", "Clockwork", "Cobalt", "Crooked",
    "Distant", "Drowned", "Ember", "Faded", "Feral", "Flint", "Forked", "Frozen", "Gilded", "Hidden", "Hollow", "Idle",
    "Iron", "Ivory", "Juniper", "Kindled", "Late", "Leaden", "Little", "Marble", "Midwinter", "Muted", "Narrow",
    "Northern", "Paper", "Patient", "Quiet", "Restless", "Rust", "Scarlet", "Second", "Silver", "Slate", "Southern",
    "Stolen", "Tin", "Unlit", "Velvet", "Waning", "Willow", "Wooden",
)  # fmt: skip
_SECOND = (
    "Almanac", "Anthem", "Archive", "Armada", "Bakery", "Bell", "Bequest", "Carousel", "Causeway", "Census", "Chapel",
    "Colony", "Compass", "Court", "Delta", "Ditch", "Dynasty", "Engine", "Estuary", "Expedition", "Fathom", "Ferry",
    "Garrison", "Harbour", "Harvest", "Inlet", "Island", "Ledger", "Levee", "Lighthouse", "Machine", "Mercy", "Mill",
    "Observatory", "Orchard", "Outpost", "Parade", "Parish", "Passage", "Pilot", "Province", "Reef", "Regatta", "Siege",
    "Signal", "Steppe", "Station", "Summit", "Telegraph", "Tide", "Vault", "Verdict", "Viaduct", "Winter",
)  # fmt: skip
_GENRES = ("drama", "thriller", "science fiction", "fantasy", "adventure", "comedy", "horror")
VENDORS = ("Fathom Yard", "Kestrel & Dray", "Atelier Nord-Est", "Third Harbour", "Paper Lantern Pictures")
VENDOR_TERRITORIES = ("CA-BC", "CA-BC", "CA-QC", "GB", "GB")
CAMERA_MOVES = ("locked off", "pan", "tilt", "dolly", "handheld", "crane", "drone")
CAMERA_MOVE_SHARES = (0.34, 0.15, 0.07, 0.16, 0.19, 0.05, 0.04)

DESCRIPTIONS = {
    ShotKind.DESTRUCTION: (
        "the wall behind her gives way", "the pier breaks and goes under", "roof tiles come down over the yard",
        "the truck goes through the shop front", "the chimney folds in on itself",
    ),
    ShotKind.WEATHER: (
        "snow over the harbour, wind from the left", "rain added, puddles wet down", "sandstorm rolls over the camp",
        "fog thickens until the far bank is gone", "dry street becomes a winter one",
    ),
    ShotKind.DE_AGE: (
        "the captain twenty years younger, turns to camera", "the mother as a young woman, smiling",
        "the judge in the flashback, profile", "the twins at eighteen, walking",
    ),
    ShotKind.PREVIS: (
        "chase over the roofs, blocked out", "ship comes about, camera follows", "the fall, seen from below",
    ),
    ShotKind.CLEANUP: (
        "wires and rig out", "modern signs out", "crew reflection out of the window", "boom shadow out",
        "tracking marks off the table", "camera car out of the background", "stunt pad out",
    ),
    ShotKind.SET_EXTENSION: (
        "street carried on to the harbour", "second storey and towers on top", "hall doubled in length",
        "valley beyond the balcony", "cockpit window shows the orbit", "walls of the fort closed",
    ),
    ShotKind.CROWD: (
        "square filled, four thousand people", "stands filled for the final", "army on the ridge", "market day",
    ),
    ShotKind.CREATURE: (
        "the eel surfaces beside the boat", "the fox with two tails looks up", "the guardian steps over the wall",
        "herd crosses the road, one stops", "wings fold, dust settles",
    ),
    ShotKind.OTHER: (
        "screens inserted on the bridge", "muzzle flashes and hits", "day for night", "split screen of the two calls",
        "phone screen replaced",
    ),
}  # fmt: skip


def title_rows(count: int, rng: np.random.Generator) -> list[tuple[str, str, str]]:
    """Name, kind and genre of so many titles."""
    rows = list(TITLES[:count])
    pairs = [(first, second) for first in _FIRST for second in _SECOND]
    forms = ("The {} {}", "{} {}", "A {} {}")
    order = rng.permutation(len(pairs) * len(forms))
    for place in order[: count - len(rows)]:
        first, second = pairs[place % len(pairs)]
        name = forms[place // len(pairs)].format(first, second).replace("A A", "An A").replace("A E", "An E")
        name = name.replace("A I", "An I").replace("A U", "An U")
        rows.append((name, "film" if rng.random() < 0.4 else "series", _GENRES[rng.integers(len(_GENRES))]))
    return rows


def abbreviations(names: Sequence[str]) -> list[str]:
    """Four letters for each title, as shots are named by; numbered where two would be the same."""
    taken: dict[str, int] = {}
    short = []
    for name in names:
        words = [
            word for word in name.upper().replace("'", "").split() if word not in ("THE", "A", "AN", "OF", "TO", "AT")
        ]
        letters = (words[0][:2] + words[-1][:2]) if len(words) > 1 else words[0][:4]
        taken[letters] = taken.get(letters, 0) + 1
        short.append(letters if taken[letters] == 1 else f"{letters}{taken[letters]}")
    return short
