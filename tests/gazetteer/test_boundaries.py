"""The committed outlines are a clean, credited coverage of the country; the step that makes them repairs what it gets."""

import csv
import importlib.util
import json
import re
import sqlite3
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

FOLDER = Path(__file__).parents[2] / "data" / "gazetteer"
PATH = FOLDER / "AFG" / "boundaries.geojson"
NEAR = 1e-3  # degrees (100 m): the layer is no finer than this, so a seat may miss its outline by as much


def rows(name):
    with (FOLDER / "AFG" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def features():
    return json.loads(PATH.read_text(encoding="utf-8"))["features"]


@pytest.fixture(scope="module")
def districts(features):
    return {f["properties"]["pcode"]: shapely.geometry.shape(f["geometry"]) for f in features if f["properties"]["level"] == 2}


@pytest.fixture(scope="module")
def provinces(features):
    return {f["properties"]["pcode"]: shapely.geometry.shape(f["geometry"]) for f in features if f["properties"]["level"] == 1}


# --- the committed file ---------------------------------------------------------------------------


def test_one_outline_for_each_district_and_province(features, districts, provinces):
    placed = {kind: {row["place_id"] for row in rows("places.csv") if row["kind"] == kind} for kind in ("district", "province")}
    shapes = {row["pcode"] for row in rows("shapes.csv")}
    assert (len(districts), len(provinces), len(features)) == (401, 34, 435)
    assert districts.keys() == shapes
    assert districts.keys() <= placed["district"]  # temporary districts are places without an outline
    assert provinces.keys() == placed["province"]


def test_properties_say_what_is_inferred_and_whose_the_outline_is(features):
    sharers = defaultdict(list)
    for row in rows("shapes.csv"):
        sharers[row["shape_id"]].append(row["pcode"])
    shared = {pcode for among in sharers.values() if len(among) > 1 for pcode in among}
    for feature in features:
        properties = feature["properties"]
        assert feature["type"] == "Feature"
        assert properties.keys() == {"pcode", "level", "source", "inferred"}
        assert properties["source"].startswith("geoBoundaries gbOpen (Runfola et al. 2020)")
        if properties["level"] == 2:
            assert properties["inferred"] is (properties["pcode"] in shared)
            assert (properties["pcode"] in properties["source"]) is properties["inferred"]


def test_the_layer_is_credited():
    assert 'source = "geoBoundaries"' in (FOLDER / "AFG" / "about.toml").read_text(encoding="utf-8")


def test_small_enough_to_travel():
    assert PATH.stat().st_size <= 700_000


def test_plain_geojson_with_at_most_four_decimals():
    whole = json.loads(PATH.read_text(encoding="utf-8"), parse_float=str)
    assert whole.keys() == {"type", "features"}  # RFC 7946 knows no crs member
    numbers = re.findall(r"-?\d+\.\d+", PATH.read_text(encoding="utf-8"))
    assert max(len(number.partition(".")[2]) for number in numbers) <= 4


def test_rings_are_closed_and_wound_as_rfc_7946_says(features):
    for feature in features:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for outer, *inner in polygons:
            assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in (outer, *inner))
            assert shapely.LinearRing(outer).is_ccw
            assert not any(shapely.LinearRing(ring).is_ccw for ring in inner)


def test_districts_are_valid_and_share_every_vertex(districts):
    outlines = list(districts.values())
    assert shapely.is_valid(outlines).all()
    assert shapely.coverage_is_valid(outlines)


def test_no_gap_and_no_overlap(districts):
    country = shapely.union_all(list(districts.values()))
    assert country.geom_type == "Polygon"
    assert not country.interiors
    assert country.area == pytest.approx(sum(outline.area for outline in districts.values()), abs=1e-9)


def test_every_district_is_one_piece(districts):
    assert {pcode for pcode, outline in districts.items() if outline.geom_type != "Polygon"} == set()


def test_a_province_is_the_union_of_its_districts(districts, provinces):
    for pcode, outline in provinces.items():
        members = [district for code, district in districts.items() if code.startswith(pcode)]
        assert outline.equals(shapely.union_all(members)), pcode
        assert set(map(tuple, shapely.get_coordinates(outline))) <= set(map(tuple, shapely.get_coordinates(members)))


def test_the_point_of_a_district_lies_in_it(districts):
    points = {
        row["place_id"]: shapely.Point(float(row["longitude"]), float(row["latitude"]))
        for row in rows("places.csv")
        if row["place_id"] in districts
    }
    far = {pcode for pcode, point in points.items() if districts[pcode].distance(point) > NEAR}
    outside = {pcode for pcode, point in points.items() if not districts[pcode].covers(point)}
    assert len(points) == 401
    assert far == set()
    assert len(outside) <= 2


def test_a_district_carved_from_another_holds_its_seat(districts):
    seats = {
        row["pcode"]: shapely.Point(float(row["seat_longitude"]), float(row["seat_latitude"]))
        for row in rows("shapes.csv")
        if row["seat_longitude"]
    }
    assert len(seats) >= 6
    assert all(districts[pcode].contains(seat) for pcode, seat in seats.items())


# --- the step that makes it -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def step():
    spec = importlib.util.spec_from_file_location("make_boundaries", FOLDER / "make_boundaries.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


SIDE = 0.05
CORNERS = [(60 + SIDE * (i % 2), 30 + SIDE * (i // 2)) for i in range(4)]
offsets = st.lists(st.floats(-1e-3, 1e-3), min_size=8 * 4, max_size=8 * 4)


@settings(max_examples=15, deadline=None)
@given(offsets)
def test_any_seams_become_one_coverage(step, offsets):
    """Four squares, every corner of each moved on its own by up to 100 m, as a layer simplified shape by shape."""
    moves = np.array(offsets).reshape(4, 4, 2)
    squares = [shapely.box(x, y, x + SIDE, y + SIDE) for x, y in CORNERS]
    loose = [shapely.Polygon(shapely.get_coordinates(square)[:4] + move) for square, move in zip(squares, moves, strict=True)]
    tight = step.tile(step.mend(loose), step.CLEAN_GRID)
    country = shapely.union_all(tight)
    assert shapely.coverage_is_valid(tight)
    assert country.geom_type == "Polygon" and not country.interiors
    for square, outline in zip(squares, tight, strict=True):
        assert outline.geom_type == "Polygon"
        assert outline.symmetric_difference(square).area < 4 * SIDE * 2e-3  # no more than the seams along its sides


def test_a_gap_goes_half_to_each_side(step):
    west, east = shapely.box(60, 30, 60.1, 30.2), shapely.box(60.102, 30, 60.2, 30.2)
    left, right = step.tile(step.mend([west, east]), step.CLEAN_GRID)
    assert left.bounds[2] == pytest.approx(60.101, abs=1e-4)
    assert right.bounds[0] == pytest.approx(60.101, abs=1e-4)


def test_an_overlap_goes_half_to_each_side(step):
    west, east = shapely.box(60, 30, 60.101, 30.2), shapely.box(60.099, 30, 60.2, 30.2)
    left, right = step.tile(step.mend([west, east]), step.CLEAN_GRID)
    assert left.area == pytest.approx(0.02, abs=1e-4)
    assert right.area == pytest.approx(0.02, abs=1e-4)


def test_a_stray_part_goes_to_the_district_around_it(step):
    stray = shapely.box(60.3, 30.1, 60.31, 30.11)
    home, around = shapely.box(60, 30, 60.2, 30.2), shapely.box(60.2, 30, 60.4, 30.2)
    outlines = step.tile([home.union(stray), around.difference(stray)], step.CLEAN_GRID)
    assert [outline.geom_type for outline in outlines] == ["Polygon", "Polygon"]
    assert outlines[1].area == pytest.approx(around.area)


def test_a_missing_district_is_not_taken_for_a_seam(step):
    ring = shapely.box(60, 30, 60.6, 30.6).difference(shapely.box(60.2, 30.2, 60.4, 30.4))
    with pytest.raises(SystemExit, match=r"hole of 0\.0400 square degrees"):
        step.tile([ring], step.CLEAN_GRID)


def settlements(*places):
    return shapely.points(np.array(places, dtype=float))


def test_a_shared_shape_is_divided_between_the_settlements(step):
    shape = shapely.box(60, 30, 61, 30.5)
    sharers = [step.District("XX0101", "s", (60.2, 30.2), None), step.District("XX0102", "s", (60.8, 30.2), None)]
    west, east = step.divide(shape, sharers, settlements((60.4, 30.3), (60.6, 30.3), (65.0, 30.0)))
    assert west.contains(shapely.Point(60.49, 30.4)) and east.contains(shapely.Point(60.51, 30.4))
    assert west.intersection(east).area == pytest.approx(0, abs=1e-9)
    assert west.area + east.area == pytest.approx(shape.area)


def test_a_township_takes_no_more_than_its_reach(step):
    shape = shapely.box(60, 30, 61, 30.5)
    sharers = [step.District("XX0101", "s", (60.2, 30.2), None), step.District("XX0102", "s", (60.8, 30.2), 5.0)]
    parent, town = step.divide(shape, sharers, settlements((60.4, 30.3)))
    assert town.contains(shapely.Point(60.8, 30.2))
    assert town.bounds[3] - town.bounds[1] == pytest.approx(2 * 5.0 / step.KM_PER_DEGREE, rel=1e-3)
    assert parent.contains(shapely.Point(60.95, 30.45))
    assert parent.area + town.area == pytest.approx(shape.area)


def test_settlements_are_read_from_a_dump_or_a_table(step, tmp_path):
    dump, table = tmp_path / "XX.txt", tmp_path / "places.csv"
    fields = "1\tBanu\tBanu\t\t30.2\t60.2\t{}\tPPL\tXX\t\t01\t\t\t\t0\t\t900\tAsia/Kabul\t2018-01-01\n"
    dump.write_text(fields.format("P") + fields.format("T"), encoding="utf-8")
    table.write_text("name,latitude,longitude\nBanu,30.2,60.2\n", encoding="utf-8")
    assert [(p.x, p.y) for p in step.read_settlements(dump)] == [(60.2, 30.2)]
    assert [(p.x, p.y) for p in step.read_settlements(table)] == [(60.2, 30.2)]


@pytest.fixture
def inputs(step, tmp_path):
    """A country of two provinces and five districts: four squares, the last of them shared across the provinces."""
    base = sqlite3.connect(tmp_path / "data.db")
    base.execute("CREATE TABLE location_data (name TEXT, shape_id TEXT, coordinates BLOB)")
    for index, (x, y) in enumerate([(60, 30), (60.201, 30), (60, 30.2), (60.2, 30.199)]):
        square = shapely.to_wkb(shapely.box(x, y, x + 0.2, y + 0.2))
        base.execute("INSERT INTO location_data VALUES ('', ?, ?)", (f"s{index}", square))
    base.commit()
    base.close()
    with zipfile.ZipFile(tmp_path / "layer.whl", "w") as wheel:
        wheel.write(tmp_path / "data.db", step.PACKED)
    (tmp_path / "places.csv").write_text("longitude,latitude\n60.25,30.3\n60.36,30.3\n", encoding="utf-8")
    (tmp_path / "shapes.csv").write_text(
        "pcode,shape_id,seat_longitude,seat_latitude,reach_km\nXX0101,s0,,,\nXX0102,s1,,,\nXX0201,s2,,,\n"
        "XX0202,s3,60.24,30.3,\nXX0103,s3,60.38,30.3,\n",
        encoding="utf-8",
    )
    return tmp_path


def run(step, monkeypatch, folder):
    monkeypatch.setattr(sys, "argv", ["make", str(folder / "layer.whl"), str(folder / "places.csv"), "--folder", str(folder)])
    step.main()
    return (folder / "boundaries.geojson").read_bytes()


def test_the_whole_step_on_a_made_country(step, inputs, monkeypatch, capsys):
    first = run(step, monkeypatch, inputs)
    assert run(step, monkeypatch, inputs) == first
    made = {f["properties"]["pcode"]: f for f in json.loads(first)["features"]}
    assert list(made) == ["XX0101", "XX0102", "XX0103", "XX0201", "XX0202", "XX01", "XX02"]
    assert {pcode for pcode, f in made.items() if f["properties"]["inferred"]} == {"XX0103", "XX0202", "XX01", "XX02"}
    outlines = [shapely.geometry.shape(made[pcode]["geometry"]) for pcode in made if len(pcode) == 6]
    assert shapely.coverage_is_valid(outlines)
    assert shapely.union_all(outlines).equals(
        shapely.union_all([shapely.geometry.shape(made[p]["geometry"]) for p in ("XX01", "XX02")])
    )
    assert "7 features" in capsys.readouterr().out


def test_a_shape_that_the_layer_lacks_is_named(step, inputs, monkeypatch):
    with (inputs / "shapes.csv").open("a", encoding="utf-8") as table:
        table.write("XX0104,s9,,,\n")
    with pytest.raises(SystemExit, match="no shape s9"):
        run(step, monkeypatch, inputs)
