"""Pictures of every page for the documentation, taken from running pages in a real Chromium.

shotledger demo-catalog --ledger demo/catalog.duckdb
shotledger dashboard --ledger demo/catalog.duckdb --no-browser &
python -m dashboards.gallery http://127.0.0.1:8501 docs/pictures/pages
"""

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.app_pages.registry import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (1440, 820)
SCHEMES = ("light", "dark")
LONGEST_MILLISECONDS = 300_000
HIGHEST_PIXELS = 7000
SETTLED_TIMES = 3
UNSETTLED = ".sl-waiting, [data-testid=stStatusWidget], [data-testid=stSkeleton]"
COLOURS = 128
"""Of a picture: pages have few, and a picture with a palette is a quarter as large."""

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def take(browser: "Browser", address: str, out: Path, width: int, scheme: str) -> None:
    """Take one page as high as it is, once it has figures.

    The whole page is not taken by scrolling: Streamlit scrolls inside the window, so the window is made as high.
    """
    from PIL import Image

    page = browser.new_page(viewport={"width": width, "height": 1000}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_selector("h1", timeout=LONGEST_MILLISECONDS)
    for _ in range(SETTLED_TIMES):  # a page that was just told of a newer answer begins anew
        page.wait_for_function(f"!document.querySelector('{UNSETTLED}')", timeout=LONGEST_MILLISECONDS)
        page.wait_for_timeout(1200)
    height = page.evaluate("document.querySelector('.stMainBlockContainer').scrollHeight + 80")
    page.set_viewport_size({"width": width, "height": min(int(height), HIGHEST_PIXELS)})
    page.wait_for_timeout(1500)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(out, optimize=True)
    page.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", help="of running pages")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--also", action="append", default=[], metavar="NAME=PATH", help="a further address below it")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="these alone")
    asked = parser.parse_args(arguments)
    from playwright.sync_api import sync_playwright

    places = {entry.path or "slate": entry.path for entry in PAGES}
    places |= dict(each.split("=", 1) for each in asked.also)
    asked.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=ARGUMENTS)
        for name, where in places.items():
            if asked.only and name not in asked.only:
                continue
            for width, scheme in zip(WIDTHS, SCHEMES, strict=True):
                out = asked.folder / f"{name}-{width}-{scheme}.png"
                take(browser, f"{asked.address}/{where}", out, width, scheme)
                print(f"{out}: {out.stat().st_size / 1024:,.0f} KB", file=sys.stderr)
        browser.close()


def _program() -> str | None:
    import shutil

    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


if __name__ == "__main__":
    main()
