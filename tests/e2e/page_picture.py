"""The page of a made-up log as README shows it: `python -m tests.e2e.page_picture` draws it anew."""

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from deskbreak.report.page import page
from tests.e2e.browser import Browser
from tests.report.reviews import review

ASSETS = Path(__file__).parents[2] / "assets"
PICTURES = {False: ASSETS / "report.png", True: ASSETS / "report-dark.png"}
SEED, DAYS = 75, 400
SIZE = (1280, 1248)
"""As wide as a page has use for, and as high as the day and its weeks."""


def picture(browser: Browser, written: Path, dark: bool) -> Image.Image:
    """The upper part of the page in this theme."""
    browser.show(written, SIZE[0], dark=dark)
    return Image.open(BytesIO(browser.picture())).convert("RGB").crop((0, 0, *SIZE))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "page.html")
        written.write_text(page(review(DAYS, seed=SEED)), "utf-8")
        with Browser(Path(folder, "browser")) as browser:
            for dark, path in PICTURES.items():
                made = picture(browser, written, dark)
                made.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
                print(f"{path}: {path.stat().st_size} bytes")
