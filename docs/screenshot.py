"""Takes the picture of the map that the README shows.

usage: screenshot.py MAP PICTURE [FRAGMENT]    (the fragment is what a link to a view has after "#")
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def main(page: str, picture: str, fragment: str = "") -> None:
    """Open a map file in the Chromium of the system and keep what is seen once it has settled."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1280, "height": 960})
        tab.goto(f"{Path(page).resolve().as_uri()}#{fragment}")
        tab.wait_for_timeout(1500)
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
