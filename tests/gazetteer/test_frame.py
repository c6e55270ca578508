"""The gazetteer as a frame and on a map: right types, honest geometry, nothing from the network."""

import re
import subprocess
import sys

import folium
import geopandas
import pytest
import shapely

from mapper import gazetteer
from mapper.errors import UnknownNameError
from mapper.model import Kind

PLACES = gazetteer.load()
COLUMNS = [
    *("place_id", "name", "kind", "country", "admin1", "admin1_pcode", "admin2", "admin2_pcode"),
    *("native", "valid_from", "valid_to", "inferred", "source", "geometry"),
]


def test_a_row_for_each_place_of_the_country():
    frame = PLACES.frame()
    assert isinstance(frame, geopandas.GeoDataFrame) and frame.crs.to_epsg() == 4326
    own = sorted(key for key, place in PLACES.places.items() if place.country == "AFG")
    assert frame["place_id"].tolist() == own
    assert frame["geometry"].geom_type.unique().tolist() == ["Point"]
    everywhere = PLACES.frame(abroad=True)
    assert len(everywhere) == len(PLACES.places) and everywhere["source"].notna().all()


def test_columns_have_their_types():
    frame = PLACES.frame()
    assert list(frame) == COLUMNS
    days, flags = {"valid_from", "valid_to"}, {"inferred"}
    assert {name: str(frame[name].dtype) for name in days} == dict.fromkeys(days, "datetime64[s]")
    assert frame["inferred"].dtype == "boolean"
    assert {str(frame[name].dtype) for name in frame if name not in days | flags | {"geometry"}} == {"string"}


def test_a_row_says_what_the_place_is():
    row = PLACES.frame(Kind.DISTRICT).set_index("place_id").loc["AF0912"]
    assert (row["name"], row["admin1"], row["admin1_pcode"], row["admin2_pcode"]) == ("Pul-e-Hisar", "Baghlan", "AF09", "AF0912")
    assert row["native"] and row["source"].split(":")[0] == "GeoNames"
    assert row.geometry.coords[0] == tuple(PLACES.places["AF0912"].point)


def test_kinds_are_told_apart_and_an_unknown_one_is_refused():
    assert set(PLACES.frame("district")["kind"]) == {"district"}
    assert len(PLACES.frame("province")) == 34
    with pytest.raises(UnknownNameError, match="'castle' is no kind of place; expected one of country, province"):
        PLACES.frame("castle")


def test_units_are_areas_where_outlines_are_asked_for():
    frame = PLACES.frame("district", outlines=True).set_index("place_id")
    drawn = frame[(frame.geom_type != "Point") & frame["valid_to"].isna()]
    assert len(drawn) == 401 and drawn["outline_source"].str.startswith("geoBoundaries").all()
    assert drawn.loc["AF0912"].geometry.equals(shapely.geometry.shape(PLACES.boundary("AF0912")))
    assert not drawn.loc["AF0912", "outline_inferred"] and drawn.loc["AF2116", "outline_inferred"]
    andarab = frame.loc["AF0907-andarab-2004"]  # which was three of them
    assert andarab.geometry.area == pytest.approx(sum(drawn.loc[f"AF09{n}"].geometry.area for n in ("07", "08", "12")))
    temporary = frame[frame.geom_type == "Point"]  # what it was carved from is larger than it
    assert len(temporary) == 21 and temporary["outline_source"].isna().all() and temporary["outline_inferred"].isna().all()


def test_a_region_is_the_union_of_what_it_covers():
    row = PLACES.frame(outlines=True).set_index("place_id").loc["AF0907-andarab-valley"]
    parts = [shapely.geometry.shape(PLACES.boundary(pcode)) for pcode in ("AF0907", "AF0908", "AF0912")]
    assert row.geometry.equals(shapely.union_all(parts))
    assert row["outline_source"] == "union of AF0907, AF0908, AF0912" and row["outline_inferred"]


def test_a_village_stays_a_point():
    frame = PLACES.frame(Kind.VILLAGE, outlines=True)
    assert frame.geom_type.unique().tolist() == ["Point"] and frame["outline_source"].isna().all()


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
def test_a_frame_is_written_and_read_by_geopandas(tmp_path, suffix):
    file = tmp_path / f"places.{suffix}"
    PLACES.frame("province", outlines=True).to_file(file)
    assert len(geopandas.read_file(file)) == 34


def test_the_map_loads_nothing():
    shown = PLACES.explore()
    assert isinstance(shown, folium.Map)
    page = shown.get_root().render()
    assert not re.findall(r"(?:src|href)=[\"'](?!data:)[^\"']+", page)
    assert "Andarab" in page and "geoBoundaries" in page
    assert "tileLayer" not in page and "tileLayer" in PLACES.explore("province", tiles="OpenStreetMap").get_root().render()


def test_names_are_text_on_the_map(tmp_path, folder):
    changes = {"XX0102": {"name": "<img src=x onerror=alert(1)>"}}
    root = folder(tmp_path, changes)
    (root / "XXX" / "boundaries.geojson").write_text('{"features": []}', encoding="utf-8")
    page = gazetteer.load("XXX", folder=root).explore().get_root().render()
    assert "<img" not in page and "onerror" in page


def test_a_map_of_nothing_is_a_map():
    assert isinstance(PLACES.explore(Kind.COUNTRY, outlines=False), folium.Map)
    assert len(PLACES.frame("other", abroad=False)) > 0


def test_a_look_up_does_not_load_geopandas():
    code = (
        "import sys, mapper.gazetteer; mapper.gazetteer.load().find('Banu'); "
        "assert not {'geopandas', 'pandas', 'folium', 'shapely'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
