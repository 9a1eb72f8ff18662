"""The theme as WCAG 2.2 measures it, and the three places that hold its colours held against each other."""

import re
import tomllib
from pathlib import Path

import pytest

import dashboards
from dashboards.look.chart_parts import ROLES

FOLDER = Path(dashboards.__file__).parent
THEME = tomllib.loads((FOLDER / ".streamlit" / "config.toml").read_text())["theme"]
STYLE = (FOLDER / "look" / "style.css").read_text()
PLAYER = (FOLDER / "look" / "player" / "player.css").read_text()
SCHEMES = ("light", "dark")
TEXT, MARK = 4.5, 3.0


def variable(css: str, name: str, scheme: str) -> str:
    found = re.search(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", css)
    assert found, name
    return found[1 + SCHEMES.index(scheme)]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("name", "ground", "least"),
    [
        ("ink", "surface", TEXT),
        ("ink", "panel", TEXT),
        ("muted", "surface", TEXT),
        ("muted", "panel", TEXT),
        ("warn", "warn-tint", TEXT),
        ("alarm", "surface", TEXT),
        ("ink", "alarm-tint", TEXT),
        ("alarm", "alarm-tint", TEXT),
        ("ai", "surface", MARK),
        ("trad", "surface", MARK),
        ("ai", "panel", MARK),
        ("trad", "panel", MARK),
    ],
)
def test_text_and_marks_stand_out_from_what_they_lie_on(scheme, name, ground, least):
    assert contrast(variable(STYLE, name, scheme), variable(STYLE, ground, scheme)) >= least


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_two_workflows_differ_without_colour(scheme):
    assert contrast(variable(STYLE, "ai", scheme), variable(STYLE, "trad", scheme)) > 1.9


@pytest.mark.parametrize("scheme", SCHEMES)
def test_charts_page_and_player_use_the_same_colours(scheme):
    of_charts = dict(zip(ROLES, THEME[scheme]["chartCategoricalColors"], strict=True))
    for role, in_page, in_player in (
        ("AI", "ai", "ai"),
        ("Traditional", "trad", "traditional"),
        ("ink", "ink", "ink"),
        ("muted", "muted", "muted"),
        ("hairline", "line", "line"),
        ("surface", "surface", "surface"),
    ):
        assert of_charts[role] == variable(STYLE, in_page, scheme) == variable(PLAYER, in_player, scheme)
    assert THEME[scheme]["backgroundColor"] == variable(STYLE, "surface", scheme)


def test_every_font_of_the_theme_ships_with_its_licence():
    for face in THEME["fontFaces"]:
        assert (FOLDER / "static" / Path(face["url"]).name).stat().st_size > 10_000
    assert "OFL" in (FOLDER / "static" / "Inter-LICENSE.txt").read_text()


def test_nothing_of_the_pages_is_fetched_from_elsewhere():
    texts = [path.read_text() for path in FOLDER.rglob("*") if path.suffix in (".css", ".js", ".html", ".toml")]
    assert texts
    assert not [found for text in texts for found in re.findall(r"https?://[^\s\"']+", text)]
