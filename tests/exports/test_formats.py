"""What a run found as further files: each by name or suffix, all at once or none, the same bytes for the same input."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mapper import exports
from mapper.actors import Actors
from mapper.errors import MissingLibraryError, OutputError, SettingError, SourceError, UnknownNameError
from mapper.exports import EXPORTERS, FORMATS, Records
from mapper.exports.credits import ABOUT
from mapper.model import Findings
from mapper.result import Result
from mapper.settings import Settings

STANDARD = {name: export for name, export in EXPORTERS.items() if name != "map.html"}
FILES = {name: export for files in FORMATS.values() for name, export in files.items()}


def bytes_of(export: exports.Export, records: Records, atlas: Any) -> bytes:
    return b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in export(records, atlas))


@pytest.fixture
def out(records: Records, atlas: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(exports, "EXPORTERS", STANDARD)
    exports.write(records, atlas, tmp_path / "out", formats=FORMATS)
    return tmp_path / "out"


def test_formats_are_written_beside_the_standard_files(out: Path) -> None:
    assert sorted(path.name for path in out.iterdir()) == sorted([*STANDARD, *FILES])


@pytest.mark.parametrize("name", FILES)
def test_the_same_records_give_the_same_bytes(name: str, records: Records, atlas: Any) -> None:
    assert bytes_of(FILES[name], records, atlas) == bytes_of(FILES[name], records, atlas)


def test_a_run_read_back_gives_the_same_bytes(out: Path, atlas: Any) -> None:
    assert exports.load_credits(out) == [dict(credit) for credit in atlas.credits]
    read = exports.load(out)
    for path in out.iterdir():
        assert bytes_of(exports.choose(path), read, atlas) == path.read_bytes(), path.name


@pytest.mark.parametrize("name", FILES)
def test_nothing_found_still_makes_a_file(name: str, atlas: Any) -> None:
    assert bytes_of(FILES[name], Records([], [], [], [], [], []), atlas)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".kml", ".json"))])
def test_a_file_of_text_says_what_it_is_and_whose(name: str, records: Records, atlas: Any) -> None:
    text = bytes_of(FILES[name], records, atlas).decode()
    assert ABOUT in text
    assert "A list" in text
    assert "CC BY 4.0" in text


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("x.csv", "events.csv"),
        ("x.ged.csv", "events.ged.csv"),
        ("x.gpkg", "events.gpkg"),
        ("a.b.parquet", "events.parquet"),
        ("claims.parquet", "claims.parquet"),
        ("claims.jsonl", "claims.jsonl"),
        ("control.geojson", "control.geojson"),
        ("x.geojson", "events.geojson"),
        ("x.prov.json", "events.prov.json"),
        ("x.stix.json", "events.stix.json"),
        ("x.html", "map.html"),
    ],
)
def test_a_file_is_chosen_by_its_name_or_its_suffix(path: str, name: str) -> None:
    assert exports.choose(Path("somewhere") / path) is (EXPORTERS | FILES)[name]


@pytest.mark.parametrize("path", ["x.json", "x.docx", "x", "x.jsonl"])
def test_an_unknown_suffix_is_told_with_those_there_are(path: str) -> None:
    with pytest.raises(UnknownNameError, match=r"no format for '.*'; expected \.geojson, \.csv, \.html, \.gpkg, "):
        exports.choose(Path(path))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "control.csv",
            r"control\.csv: a \.csv holds events, not control; expected control\.geojson, control\.parquet, control\.fgb",
        ),
        ("claims.geojson", r"a \.geojson holds events, not claims; expected claims\.jsonl, claims\.parquet"),
        ("toponyms.kml", r"a \.kml holds events and control, not toponyms; expected toponyms\.jsonl, toponyms\.parquet"),
        ("articles.fgb", r"a \.fgb holds events, not articles; expected articles\.jsonl, articles\.parquet"),
        ("origins.ged.csv", r"a \.ged\.csv holds events, not origins; expected origins\.jsonl, origins\.parquet"),
    ],
)
def test_a_name_that_asks_for_another_table_than_the_file_would_hold_is_told_where_that_is(path: str, told: str) -> None:
    with pytest.raises(UnknownNameError, match=told):
        exports.choose(Path("somewhere") / path)


@pytest.mark.parametrize("path", ["control.kml", "control.gpkg", "claims.xlsx", "articles.html", "my-control.csv"])
def test_a_name_of_a_table_that_the_file_holds_is_a_name_like_any_other(path: str) -> None:
    assert exports.choose(Path(path)) is exports.choose(Path(f"x{Path(path).suffix}"))


def test_metadata_name_the_table_that_they_stand_beside(records: Records, atlas: Any) -> None:
    urls = {
        name: json.loads(bytes_of(exports.choose(Path("somewhere") / name), records, atlas))["url"]
        for name in ("events.ged.csv-metadata.json", "mine.ged.csv-metadata.json", "my own: 1.ged.csv-metadata.json")
    }
    assert list(urls.values()) == ["events.ged.csv", "mine.ged.csv", "my%20own%3A%201.ged.csv"]


def test_an_unknown_format_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"no format 'shp'; expected gpkg, parquet, fgb, kml, xlsx, ged, prov, stix"):
        exports.named(["gpkg", "shp"])


@pytest.mark.parametrize(("format_", "library"), exports.NEEDS.items())
def test_a_missing_library_is_told_with_the_extra_that_brings_it(
    format_: str, library: str, records: Records, atlas: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    told = rf"{library}: not installed; expected after pip install 'conflict-event-mapper\[{format_}\]'"
    with pytest.raises(MissingLibraryError, match=told):
        exports.named([format_])
    with pytest.raises(ImportError, match=told):
        bytes_of(FILES[f"events.{format_}"], records, atlas)


def test_a_format_that_fails_leaves_nothing_new(
    records: Records, atlas: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise OutputError("full")

    monkeypatch.setattr(exports, "EXPORTERS", STANDARD)
    monkeypatch.setitem(exports.FORMATS, "gpkg", {"events.gpkg": fail})
    with pytest.raises(OutputError):
        exports.write(records, atlas, tmp_path, formats=["kml", "gpkg"])
    assert list(tmp_path.iterdir()) == []


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    exports.write_file(tmp_path / "x", [b"\xff\x00", "é"])
    assert (tmp_path / "x").read_bytes() == b"\xff\x00\xc3\xa9"


def test_a_folder_without_credits_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"events\.geojson: not what a run writes"):
        exports.load_credits(tmp_path)


# --- HXL ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["events.csv", "events.ged.csv"])
def test_tags_stand_under_the_header_and_nothing_else_changes(name: str, records: Records, atlas: Any) -> None:
    plain, tagged = (
        list(csv.reader(io.StringIO(bytes_of(exports.choose(Path(name), hxl), records, atlas).decode(), newline="")))
        for hxl in (False, True)
    )
    assert [tagged[0], *tagged[2:]] == plain
    assert len(tagged[1]) == len(tagged[0])
    assert all(tag == "" or tag.startswith("#") for tag in tagged[1])


@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg", "map.html", "claims.jsonl", "credits.txt", "x.ged.csv-metadata.json"])
def test_a_file_without_room_for_tags_takes_none(name: str) -> None:
    with pytest.raises(SettingError, match=rf"{name}: has no row for HXL tags; expected with them a \.csv, \.xlsx or \.ged\.csv"):
        exports.choose(Path(name), hxl=True)


def test_tags_are_those_of_the_data_exchange(records: Records, atlas: Any) -> None:
    header, tags, *_ = csv.reader(io.StringIO(bytes_of(exports.choose(Path("x.csv"), True), records, atlas).decode(), newline=""))
    told = dict(zip(header, tags, strict=True))
    assert {
        name: told[name] for name in ("event_date", "event_type", "admin1_pcode", "admin2_pcode", "latitude", "fatalities")
    } == {
        "event_date": "#date+occurred",
        "event_type": "#event+type",
        "admin1_pcode": "#adm1+code",
        "admin2_pcode": "#adm2+code",
        "latitude": "#geo+lat",
        "fatalities": "#affected+killed",
    }
    assert told["contradictions"] == ""


# --- a result -----------------------------------------------------------------------------------


def test_a_result_goes_to_any_format(findings: Findings, atlas: Any, parties: Actors, tmp_path: Path) -> None:
    result = Result(findings, atlas, parties, Settings())
    for suffix in exports.SUFFIXES:
        if suffix != ".html":
            assert result.to_file(tmp_path / f"x{suffix}").stat().st_size > 0
    assert result.to_file(tmp_path / "y.csv", hxl=True).read_text(encoding="utf-8").splitlines()[1].startswith("#event+code")
    with pytest.raises(SettingError, match="has no row for HXL tags"):
        result.to_file(tmp_path / "y.gpkg", hxl=True)
    with pytest.raises(UnknownNameError, match="holds events, not control"):
        result.to_file(tmp_path / "control.csv")
    assert not (tmp_path / "y.gpkg").exists()
    assert not (tmp_path / "control.csv").exists()
