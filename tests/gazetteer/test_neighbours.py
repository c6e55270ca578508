"""The borders around the country: faint lines of others, never over the country itself; the step that makes them."""

import dataclasses
import importlib.util
import json
import sys
from pathlib import Path

import pytest
import shapely

from mapper import gazetteer as gazetteers
from mapper.errors import TableError
from mapper.gazetteer.boundaries import borders

FOLDER = Path(__file__).parents[2] / "data" / "gazetteer"
PATH = FOLDER / "AFG" / "neighbours.geojson"


@pytest.fixture(scope="module")
def gazetteer():
    return gazetteers.load()


@pytest.fixture(scope="module")
def country(gazetteer):
    return shapely.union_all(
        [shapely.geometry.shape(gazetteer.boundary(id)) for id in gazetteer.places if gazetteer.boundary(id)]
    )


def test_every_neighbour_has_borders_and_they_are_credited(gazetteer):
    features = json.loads(PATH.read_text(encoding="utf-8"))["features"]
    assert {code for feature in features for code in feature["properties"]["countries"]} == set(gazetteer.neighbours)
    assert {feature["properties"]["source"] for feature in features} <= {credit["source"] for credit in gazetteer.credits}
    assert PATH.stat().st_size < 60_000


def test_no_border_of_others_runs_through_the_country_or_beside_its_own(gazetteer, country):
    lines = shapely.MultiLineString(gazetteer.borders())
    assert shapely.intersection(lines, country.buffer(-0.05)).is_empty
    beside = shapely.intersection(lines, country.buffer(0.05))
    assert beside.length < 1.5, "degrees; only where borders end at the country"


def test_the_borders_that_end_at_the_country_reach_it(gazetteer, country):
    ends = [shapely.Point(line[end]) for line in gazetteer.borders() for end in (0, -1)]
    reaching = [end for end in ends if country.distance(end) < 0.3]
    assert len(reaching) == 6, "one between each two of its six neighbours"
    assert all(country.distance(end) < 2e-3 for end in reaching)


def test_a_folder_without_the_file_has_no_borders(tmp_path):
    assert borders(tmp_path / "neighbours.geojson") == []


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "expected a line"),
        ({"type": "LineString", "coordinates": [[1, 2], [400, 2]]}, "no place on Earth"),
        (None, "expected a line"),
    ],
)
def test_a_faulty_border_is_named(tmp_path, geometry, said):
    file = tmp_path / "neighbours.geojson"
    file.write_text(json.dumps({"features": [{"geometry": geometry}]}), encoding="utf-8")
    with pytest.raises(TableError, match=said):
        borders(file)


# --- the step that makes it -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def step():
    spec = importlib.util.spec_from_file_location("make_neighbours", FOLDER / "make_neighbours.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_what_is_shared_with_the_country_is_left_out_and_the_rest_is_led_to_it(step, gazetteer):
    """Arc 0: the country and Iran; arc 1: the country and Pakistan; arc 2: Iran and Pakistan; arc 3: Iran alone."""
    shapes = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Afghanistan"}},
        {"type": "MultiPolygon", "arcs": [[[-1, 2, 3]]], "properties": {"name": "Iran"}},
        {"type": "Polygon", "arcs": [[-2, -3]], "properties": {"name": "Pakistan"}},
    ]
    atlas = {
        "transform": {"scale": [1, 1], "translate": [60, 25]},
        "objects": {"countries": {"geometries": shapes}},
        "arcs": [[[0, 9], [0, -5]], [[0, 4], [9, 0]], [[0, 4], [0, -4]], [[0, 0], [-5, 0]]],
    }
    two = dataclasses.replace(gazetteer.tables, neighbours={code: gazetteer.neighbours[code] for code in ("IRN", "PAK")})
    made = step.make(atlas, gazetteers.Gazetteer(two, gazetteer.home, gazetteer.outlines), around=6.0)
    found = {tuple(feature["properties"]["countries"]): feature["geometry"]["coordinates"] for feature in made["features"]}
    assert set(found) == {("IRN",), ("IRN", "PAK")}
    (between,) = found["IRN", "PAK"]
    assert [60.0, 25.0] in between and [60.0, 29.0] in between and len(between) == 3, "led on to the outline"
