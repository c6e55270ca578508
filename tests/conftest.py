"""What holds of every test: under CI none may be skipped, no test hangs on how fast the machine is, one browser and one gazetteer serve all."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from mapper import bundle, gazetteer

settings.register_profile("plain", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("plain")

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        reason = "no Chromium: install Debian's package 'chromium' to have the map opened in a browser"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


def pytest_configure() -> None:
    gazetteer.load = _read_once(gazetteer.load)


def _read_once(load: Any) -> Any:
    """Read the bundled gazetteer once: nothing changes one, and to read it takes longer than most tests."""

    @functools.cache
    def bundled(_: Path, country: str | None) -> gazetteer.Gazetteer:
        return load(country)

    @functools.wraps(load)
    def once(country: str | None = None, boundaries: Path | None = None, folder: Path | None = None) -> gazetteer.Gazetteer:
        return load(country, boundaries, folder) if boundaries or folder else bundled(bundle.root(), country)

    return once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files first that open a browser: they take longest, and what is short fills up two workers at the end."""
    slow = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in slow)


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") and skipped:
        reporter.write_line(f"\n{len(skipped)} skipped, and under CI none may be:", red=True)
        for report in skipped:
            reporter.write_line(f"  {report.nodeid}: {report.longrepr[-1] if report.longrepr else ''}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
