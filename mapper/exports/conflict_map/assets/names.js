// Writes the names of places where there is room for them, in Latin and in native script.

/** Boxes on the screen that are taken: what comes later gives way. */
class Room {
  constructor() {
    this.taken = [];
  }

  free(box) {
    return !this.taken.some((other) => overlap(box, other));
  }

  take(box) {
    this.taken.push(box);
  }
}

const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const boxAround = (point, width, height) => ({ left: point.x - width / 2, right: point.x + width / 2, top: point.y - height / 2, bottom: point.y + height / 2 });

/** Tell whether a point lies in a unit: a name is written on its own land or not at all. */
function covers(place, { lat, lng }) {
  const polygons = outline(place.place_id);
  if (!polygons) return true;
  return polygons.some((rings) => rings.reduce((inside, ring) => (crosses(ring, lat, lng) ? !inside : inside), false));
}

/** Tell whether a ring goes round a point, by how often a line to the east of it meets the ring. */
function crosses(ring, lat, lng) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[y, x], [v, u]] = [ring[i], ring[j]];
    if (y > lat !== v > lat && lng < ((u - x) * (lat - y)) / (v - y) + x) inside = !inside;
  }
  return inside;
}

const NamesLayer = L.LayerGroup.extend({
  onAdd(map) {
    renderer(map, 'names');
    L.LayerGroup.prototype.onAdd.call(this, map);
    map.on('zoomend moveend', this.paint, this);
    this.paint();
  },

  onRemove(map) {
    map.off('zoomend moveend', this.paint, this);
    L.LayerGroup.prototype.onRemove.call(this, map);
  },

  /** Write the names for which there is room: places with claims first, then provinces, every district, the countries around. */
  paint() {
    const map = this._map;
    if (!map || !scene.map) return;
    const old = this.labels || new Map();
    this.labels = new Map();
    const put = (key, make) => {
      const label = old.get(key) || make();
      old.delete(key);
      this.labels.set(key, label);
      if (!this.hasLayer(label)) this.addLayer(label);
    };
    const room = new Room();
    for (const box of scene.boxes || []) room.take(box);
    const view = map.getBounds().pad(0.05);
    for (const { place, rank } of this.wanted(map.getZoom())) {
      place.middle ||= middle(place);
      const own = map.getZoom() >= 11 && covers(place, map.getCenter());
      const centre = view.contains(place.middle) ? place.middle : own ? map.getCenter() : null;
      if (!centre) continue;
      const standing = scene.now.control.get(place.place_id);
      const letter = standing?.holder && standing.status !== 'unknown' ? lookOf(standing.holder).letter : null;
      const bare = rank === 0 && map.getZoom() < 6.5;
      if (bare && !letter) continue;
      const width = bare ? 17 : Math.max(place.name.length * (rank === 1 ? 8.2 : 6.6), (place.native || '').length * 6) + (letter ? 24 : 6);
      const height = bare ? 17 : place.native ? 30 : 16;
      const at = map.latLngToLayerPoint(centre);
      const spot = [0, 24, -24, 40, -40].map((down) => at.add([0, down]))
        .find((point) => room.free(boxAround(point, width, height)) && covers(place, map.layerPointToLatLng(point)));
      if (!spot) continue;
      room.take(boxAround(spot, width, height));
      const { lat, lng } = map.layerPointToLatLng(spot);
      const shown = bare ? { kind: place.kind, name: '', native: null } : place;
      put([place.place_id, lat, lng, rank, letter, standing?.status, bare].join('|'), () => this.name(shown, standing, letter, rank, [lat, lng]));
    }
    for (const place of map.getZoom() < 10 ? records.neighbours : []) {
      const at = [place.point[1], place.point[0]];
      const box = boxAround(map.latLngToLayerPoint(at), place.name.length * 11, 18);
      if (!view.contains(at) || !room.free(box)) continue;
      room.take(box);
      put(`${place.name}|${at}`, () => this.name(place, null, null, 3, at));
    }
    for (const label of old.values()) this.removeLayer(label);
  },

  wanted(zoom) {
    const all = [...records.places.values()];
    const claimed = all.filter((place) => scene.now.control.has(place.place_id) && place.kind !== 'country').map((place) => ({ place, rank: 0 }));
    const provinces = zoom < 10 ? all.filter((place) => place.kind === 'province').map((place) => ({ place, rank: 1 })) : [];
    const districts = zoom >= 8 ? all.filter((place) => place.kind === 'district' && !place.covers).map((place) => ({ place, rank: 2 })) : [];
    const chosen = records.places.get(chosenUnit());
    const first = chosen && chosen.kind !== 'country' ? [{ place: chosen, rank: 0 }] : [];
    const seen = new Set();
    return [...first, ...(zoom >= 6.5 ? claimed : []), ...provinces, ...districts, ...(zoom < 6.5 ? claimed : [])].filter(({ place }) => !seen.has(place) && seen.add(place));
  },

  name(place, standing, letter, rank, at) {
    const label = make('span', { class: `name rank-${rank} ${place.kind || 'country'}` },
      make('span', {}, letter ? make('b', { class: `badge ${standing.status}` }, letter) : null, place.name,
        standing?.status === 'reversed' ? ' ↺' : ''),
      native(place.native));
    return L.marker(at, { pane: 'names', interactive: false, keyboard: false, icon: L.divIcon({ className: 'namepin', html: label, iconSize: null }) });
  },
});
