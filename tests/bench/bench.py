"""Measures what a user waits for: start-up, a run, articles per second, look-ups, many articles, and the weight of an installation.

    python tests/bench/bench.py                  all of it but the import and the installation
    python tests/bench/bench.py claims           from text to claims, beside other tools
    python tests/bench/bench.py volume COUNT ... runs of so many made articles (default 1000 10000)
    python tests/bench/bench.py map COUNT ...    the map of so many made events, beside folium's own ways (default 10000)
    python tests/bench/bench.py install          an installation from the wheel, from whatever index pip asks, and what starts in it
    python tests/bench/bench.py import ROWS      the import of a made country dump of so many rows (default 200000)

Prints the median and the range of several rounds, and asserts nothing: machines differ. Everything that starts cold
does so in a process of its own. The other tools need not be there: pip install spacy flashgeotext.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from itertools import pairwise
from pathlib import Path
from re import match
from typing import TypeVar

import made
import maps

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
STORIES = ROOT / "tests" / "eval" / "original" / "articles"

MAPPER = [sys.executable, "-m", "mapper.cli"]
"""The command, without the wrapper script that pip writes: the same interpreter whether or not the package is installed."""


LIBRARIES = "import folium, geopandas"
"""What frames and the map need, and what takes by far the most of their start."""


def main() -> None:
    """Measure everything and print a table."""
    print(f"{'':42}{'median':>10}{'least':>10}{'most':>10}")
    with tempfile.TemporaryDirectory() as out:
        cold = {
            "python alone": [sys.executable, "-c", ""],
            "import mapper": [sys.executable, "-c", "import mapper"],
            "import folium, geopandas": [sys.executable, "-c", LIBRARIES],
            "mapper --help": [*MAPPER, "--help"],
            "mapper gazetteer find": [*MAPPER, "gazetteer", "find", "Pol-e-Hasar"],
            "mapper claims, one article": [*MAPPER, "claims", str(SEEDS / "000_5f9315df2aafda78.txt")],
            "mapper run seeds/": [*MAPPER, "run", str(SEEDS), "--out", out],
        }
        for name, command in cold.items():
            show(f"{name} (cold)", 1000, "ms", times(lambda command=command: start(command), 5 if "run" in name else 11))
        for path in sorted(Path(out).iterdir()):
            print(f"  {path.name:40}{path.stat().st_size / 1e3:>10.0f} kB")
    warm()
    throughput()
    lookups()
    volume([1000, 10_000])
    maps.measure(10_000)
    weight()


def throughput() -> None:
    """Measure articles per second from text to claims, where the time goes, and what other tools do with the same articles by turns."""
    stages = Stages()
    ours = "text to claims"
    texts = [article.text for article in stages.articles]
    acts: dict[str, Callable[[], object]] = {ours: stages.run}
    acts |= {name: lambda act=act: [act(text) for text in texts] for name, act in peers()}
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    stages.taken.clear()
    for _ in range(11):
        for name, act in acts.items():
            begun = time.process_time()
            act()
            taken[name].append(time.process_time() - begun)
    for name, seconds in taken.items():
        show(name, 1, "articles/s", [len(texts) / each for each in seconds])
        if name != ours:
            show(f"  {ours}, as a share of it", 100, "%", [peer / own for peer, own in zip(seconds, taken[ours], strict=True)])
    for stage, seconds in stages.taken.items():
        print(f"  {stage:40}{100 * seconds / sum(stages.taken.values()):>10.0f} % of the time")


class Stages:
    """The stages between an article's text and its claims, each with the seconds it has taken."""

    def __init__(self) -> None:
        """Read the stories and the tables."""
        from mapper import actors, articles, gazetteer
        from mapper.claims import lexicon
        from mapper.settings import Settings

        self.settings = Settings()
        self.articles, _ = articles.read([STORIES], self.settings)
        self.gazetteer, self.actors, self.lexicon = gazetteer.load(), actors.load(), lexicon.load()
        self.taken: Counter[str] = Counter()

    def run(self) -> None:
        """Take every article through all stages."""
        from mapper.claims import attribution, reading
        from mapper.claims.extraction import Extraction
        from mapper.geoparsing import geoparse

        for article in self.articles:
            named = self._timed("places", lambda article=article: geoparse(article, self.gazetteer, self.settings))
            laid = self._timed("sentences and words", lambda a=article, n=named: reading.lay_out(a, n, self.lexicon))
            sayings = self._timed("who says what", lambda laid=laid: attribution.attribute(laid, self.lexicon, self.actors))
            told = Extraction(laid, sayings, self.lexicon, self.gazetteer, self.actors, self.settings)
            self._timed("claims", told.claims)

    def _timed(self, stage: str, act: Callable[[], T]) -> T:
        begun = time.process_time()
        done = act()
        self.taken[stage] += time.process_time() - begun
        return done


def peers() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Yield what other tools do with a text, those that are installed: less than we do, and fast."""
    for name, load in {
        "flashgeotext, names looked up": lambda: import_module("flashgeotext.geotext").GeoText().extract,
        "spaCy, blank tokeniser": lambda: import_module("spacy").blank("en"),
    }.items():
        try:
            yield name, load()
        except ImportError as fault:
            print(f"{name:42} {fault.name} is not installed: pip install spacy flashgeotext")


def volume(counts: list[int]) -> None:
    """Measure `mapper run` of many made articles, no two alike: the seconds, and the most memory."""
    spent: list[float] = []
    for count in counts:
        with tempfile.TemporaryDirectory() as desk:
            folder, out = Path(desk) / "articles", Path(desk) / "out"
            folder.mkdir()
            made.write(folder, STORIES, count)
            command = [*MAPPER, "run", str(folder), "--out", str(out), "--quiet"]
            with subprocess.Popen(command, cwd=ROOT) as run:
                _, status, usage = os.wait4(run.pid, 0)  # not on every system
                run.returncode = os.waitstatus_to_exitcode(status)
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, command)
        spent.append(usage.ru_utime + usage.ru_stime)
        each = f"{1000 * spent[-1] / count:.0f} ms an article"
        print(f"mapper run of {count:6} made articles {spent[-1]:>16.1f} s, {each}, {usage.ru_maxrss / 1024:.0f} MB", flush=True)
    for (few, less), (many, more) in pairwise(zip(counts, spent, strict=True)):
        print(f"  {many / few:.0f} times the articles {more / less:>28.1f} times the seconds")


def imports(rows: int) -> None:
    """Measure `mapper gazetteer import` of a made dump, and the most memory that it takes; one row in ten is a known place."""
    import resource  # not on every system

    with tempfile.TemporaryDirectory() as desk:
        dump, outlines = Path(desk) / "XX.txt", Path(desk) / "adm2.geojson"
        write_dump(dump, rows)
        outlines.write_text(json.dumps({"type": "FeatureCollection", "features": [square(cell) for cell in range(400)]}))
        files = ["--geonames", str(dump), "--boundaries", str(outlines), "--country", "XXX", "--out", str(Path(desk) / "XXX")]
        print(f"{rows} rows, {dump.stat().st_size / 1e6:.0f} MB")
        show("mapper gazetteer import (cold)", 1, "s", times(lambda: start([*MAPPER, "gazetteer", "import", *files]), 1))
        print(f"  most memory: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


def write_dump(path: Path, rows: int) -> None:
    """Write a dump of places all over 20 by 20 squares of a degree: the same for the same number of rows."""
    chance = random.Random(20)
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            name = "".join(chance.choice("bdgklmnrstz") + chance.choice("aeiou") for _ in range(4)).title()
            known = number % 10 == 0
            cells = [
                str(number),
                name,
                name,
                "Old " + name if known else "",
                f"{chance.uniform(0, 20):.5f}",
                f"{chance.uniform(0, 20):.5f}",
            ]
            cells += [
                "P",
                "PPL" if number % 10 else "PPLA3",
                "XX",
                "",
                "01",
                "",
                "",
                "",
                str(500 * known),
                "",
                "",
                "",
                "2020-01-01",
            ]
            file.write("\t".join(cells) + "\n")


def square(cell: int) -> dict[str, object]:
    """Return one of 20 by 20 districts, sixteen of them to a province."""
    row, column = divmod(cell, 20)
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    province = f"XX{row // 4:02}{column // 4}"
    codes = {
        "ADM1_PCODE": province,
        "ADM1_EN": f"Province {province}",
        "ADM2_PCODE": f"{province}{cell:03}",
        "ADM2_EN": f"District {cell}",
    }
    ring = [(column + x, row + y) for x, y in corners]
    return {"type": "Feature", "properties": codes, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def warm() -> None:
    """Measure runs inside one process, without writing files."""
    import mapper

    for folder in (SEEDS, STORIES):
        result = mapper.run(folder)
        read, characters = len(result.findings.articles), sum(len(article.text) for article in result.findings.articles)
        taken = times(lambda folder=folder: mapper.run(folder), 5)
        show(f"run() of {read} articles, {characters} characters", 1000, "ms", taken)
        show("  the same", 1, "articles/s", [read / seconds for seconds in taken])


def lookups() -> None:
    """Measure the gazetteer: loading, names asked for the first time, names asked for again, and whole descriptions."""
    from mapper import gazetteer

    show("gazetteer.load()", 1000, "ms", times(gazetteer.load, 7))
    names = sorted({place.name for place in gazetteer.load().places.values()})
    slips = [f"{name[:-1]}{name[-1]}abad" if len(name) % 2 else name.replace("a", "o") for name in names]
    fresh, again, missing, found = [], [], [], []
    for _ in range(5):
        places = gazetteer.load()
        fresh += each(places.lookup, names)
        again += each(places.lookup, names)
        missing += each(places.lookup, slips)
        found += each(places.find, [f"{name}, Baghlan" for name in names])
    for label, taken in (
        (f"lookup() of {len(names)} names, each", fresh),
        ("  asked again, each", again),
        ("  misspelt, each", missing),
        ("find() with a province, each", found),
    ):
        show(label, 1e6, "µs", taken)


def weight() -> None:
    """Print what an installation weighs, package by package."""
    sizes = {name: sum(_size(name)) for name in sorted(_needed("conflict-event-mapper"))}
    print(f"\ninstalled: {sum(sizes.values()) / 1e6:.0f} MB in {len(sizes)} packages, of which")
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:8]:
        print(f"  {name:40}{size / 1e6:>10.1f} MB")


def installation() -> None:
    """Measure an installation from the wheel into an environment that holds nothing else, its weight, and cold starts in it."""
    with tempfile.TemporaryDirectory() as desk:
        home, out = Path(desk) / "env", Path(desk) / "out"
        start([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", desk])
        (wheel,) = Path(desk).glob("*.whl")
        venv.create(home, with_pip=True)
        (site,) = home.rglob("site-packages")
        python, before = str(home / "bin" / "python"), _weigh(site)
        begun = time.perf_counter()
        start([python, "-m", "pip", "install", "--quiet", str(wheel)])
        print(f"{'the wheel':42}{wheel.stat().st_size / 1e6:>10.1f} MB")
        print(f"{'pip install of it':42}{time.perf_counter() - begun:>10.1f} s")
        print(f"{'  all that it brings':42}{(_weigh(site) - before) / 1e6:>10.1f} MB")
        print(f"{'  mapper, code and tables':42}{_weigh(site / 'mapper') / 1e6:>10.1f} MB")
        cold = {
            "python alone": ["-c", ""],
            "import mapper": ["-c", "import mapper"],
            "import folium, geopandas": ["-c", LIBRARIES],
            "mapper --help": ["-m", "mapper.cli", "--help"],
            "mapper run seeds/": ["-m", "mapper.cli", "run", str(SEEDS), "--out", str(out)],
        }
        for name, words in cold.items():
            show(f"{name} (cold)", 1000, "ms", times(lambda words=words: start([python, *words], desk), 5))


def _weigh(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def times(act: Callable[[], object], rounds: int) -> list[float]:
    """Return the seconds that each of some rounds takes, after one that is not counted."""
    act()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return taken


def each(ask: Callable[[str], object], names: list[str]) -> list[float]:
    """Return the seconds that one question takes on average over all names, as a list of one."""
    begun = time.perf_counter()
    for name in names:
        ask(name)
    return [(time.perf_counter() - begun) / len(names)]


def start(command: list[str], cwd: str | Path = ROOT) -> None:
    """Run a command to its end."""
    subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, check=True)


def show(label: str, factor: float, unit: str, values: list[float]) -> None:
    """Print one row of the table."""
    median, least, most = (factor * value for value in (statistics.median(values), min(values), max(values)))
    print(f"{label:42}{median:>10.1f}{least:>10.1f}{most:>10.1f} {unit}", flush=True)


def _needed(name: str, known: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return a distribution and all that it needs here, extras apart."""
    known |= {name}
    for requirement in distribution(name).requires or ():
        found = match(r"[\w.-]+", requirement)
        if found and ";" not in requirement and found[0].lower() not in known and _installed(found[0]):
            known = _needed(found[0].lower(), known)
    return known


def _installed(name: str) -> bool:
    try:
        return bool(distribution(name))
    except PackageNotFoundError:
        return False


def _size(name: str) -> Iterator[int]:
    for file in distribution(name).files or ():
        path = Path(str(file.locate()))
        if path.is_file():
            yield path.stat().st_size


if __name__ == "__main__":
    if sys.argv[1:2] == ["import"]:
        imports(int(*sys.argv[2:3] or ["200000"]))
    elif sys.argv[1:2] == ["install"]:
        installation()
    elif sys.argv[1:2] == ["claims"]:
        throughput()
    elif sys.argv[1:2] == ["map"]:
        for count in sys.argv[2:] or ["10000"]:
            maps.measure(int(count))
    elif sys.argv[1:2] == ["volume"]:
        volume([int(count) for count in sys.argv[2:]] or [1000, 10_000])
    else:
        main()
