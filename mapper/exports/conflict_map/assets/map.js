// Draws the records on the Leaflet map: districts by claimed holder, names where there is room, a mark for each place of events.

const GRID = 10000;
const shapes = new Map();

/** Return an outline as Leaflet wants it: polygons of rings of [latitude, longitude]. */
function outline(unit) {
  if (!shapes.has(unit) && records.outlines[unit]) {
    shapes.set(unit, records.outlines[unit].map((polygon) => polygon.map(walked)));
  }
  return shapes.get(unit) || null;
}

/** Return the corners of a line that is given as steps from one to the next. */
function walked(steps) {
  let x = 0;
  let y = 0;
  const corners = [];
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    corners.push([y / GRID, x / GRID]);
  }
  return corners;
}

/** Return the point on which a unit's name stands: the middle of its largest part, else its own point. */
function middle(place) {
  const polygons = outline(place.place_id);
  if (!polygons) return [place.point[1], place.point[0]];
  let best = { area: 0, at: [place.point[1], place.point[0]] };
  for (const [ring] of polygons) {
    let area = 0;
    let north = 0;
    let east = 0;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const cross = ring[j][1] * ring[i][0] - ring[i][1] * ring[j][0];
      area += cross;
      north += (ring[j][0] + ring[i][0]) * cross;
      east += (ring[j][1] + ring[i][1]) * cross;
    }
    if (Math.abs(area) > best.area) best = { area: Math.abs(area), at: [north / (3 * area), east / (3 * area)] };
  }
  return best.at;
}

const CALM = matchMedia('(prefers-reduced-motion: reduce)').matches;
L.Map.mergeOptions({ zoomAnimation: !CALM, fadeAnimation: !CALM, markerZoomAnimation: !CALM, inertia: !CALM });

/** The sheets on which things are drawn, from below upwards. */
const PANES = { abroad: 290, land: 300, wide: 310, claimed: 320, borders: 330, chosen: 340, names: 620 };

function renderer(map, name) {
  if (!map.getPane(name)) {
    const pane = map.createPane(name);
    pane.style.zIndex = PANES[name];
    if (name !== 'land' && name !== 'claimed') pane.style.pointerEvents = 'none';
  }
  return L.svg({ pane: name, padding: 0.3 });
}

const scene = { map: null, now: choose(state) };

const ControlLayer = L.LayerGroup.extend({
  onAdd(map) {
    this.sheets ||= Object.fromEntries(Object.keys(PANES).map((name) => [name, renderer(map, name)]));
    L.LayerGroup.prototype.onAdd.call(this, map);
    this.show(true);
  },

  /** Lay out the country once: what lies around it, every district to be clicked, every province's border. */
  raise() {
    this.land = true;
    this.addLayer(L.polyline(records.borders.map(walked), { pane: 'abroad', renderer: this.sheets.abroad, className: 'abroad', interactive: false }));
    this.areas = new Map();
    this.mark = L.layerGroup().addTo(this);
    for (const place of records.places.values()) {
      const shape = outline(place.place_id);
      if (!shape) continue;
      if (place.kind === 'province') {
        this.addLayer(L.polygon(shape, { pane: 'borders', renderer: this.sheets.borders, className: 'province', fill: false, interactive: false }));
      } else {
        this.addLayer(this.area(place.place_id, shape, 'land', { className: 'district', weight: 0.7, fillOpacity: 1 }));
      }
    }
  },

  area(unit, shape, sheet, options) {
    const polygon = L.polygon(shape, { pane: sheet, renderer: this.sheets[sheet], bubblingMouseEvents: false, smoothFactor: 0.6, ...options });
    polygon.on('click', () => visit({ place: spoken(unit) }));
    polygon.on('mousemove', (event) => hover(event.originalEvent, () => describe(unit)));
    polygon.on('mouseout', () => hover(null));
    return polygon;
  },

  /** Bring the layer up to the state: all of it, or only which place is chosen. */
  show(all) {
    if (!this._map || !scene.map) return;
    if (!this.land) this.raise();
    if (all) this.paint();
    this.choose();
  },

  /** Colour what is claimed now, and nothing else. */
  paint() {
    for (const [unit, area] of this.areas) {
      if (scene.now.control.has(unit) || area.shown === null) continue;
      area.shown = null;
      area.paths.forEach((path) => path.getElement()?.classList.add('off'));
    }
    for (const [unit, standing] of scene.now.control) {
      if (!this.areas.has(unit)) this.areas.set(unit, this.lay(unit));
      const area = this.areas.get(unit);
      const { paths, wide } = area;
      const key = [standing.status, edgeOf(standing), fillOf(standing)].join();
      if (area.shown === key) continue;
      area.shown = key;
      const looks = [`halo ${edgeOf(standing)}`, `claimed ${edgeOf(standing)} ${wide ? `wide ${standing.status}` : 'leaflet-interactive'}`].slice(-paths.length);
      paths.forEach((path, i) => path.getElement()?.setAttribute('class', looks[i]));
      paths[paths.length - 1]?.setStyle({ fillColor: fillOf(standing) });
    }
  },

  /** Lay the shapes of a place that is claimed at some time: a pale line below, the area above; a circle without an outline. */
  lay(unit) {
    const place = records.places.get(unit);
    const shape = place && outline(unit);
    if (!place || place.kind === 'country') return { paths: [] };
    const wide = place.kind === 'province';
    const pane = wide ? 'wide' : 'claimed';
    const options = { pane, renderer: this.sheets[pane], fillOpacity: wide ? 0.3 : 0.82 };
    const halo = shape && L.polygon(shape, { ...options, fill: false, interactive: false });
    const paths = shape
      ? [halo, wide ? L.polygon(shape, { ...options, interactive: false }) : this.area(unit, shape, pane, options)]
      : [L.circleMarker([place.point[1], place.point[0]], { ...options, radius: 11 }).on('click', () => visit({ place: unit }))];
    paths.forEach((path) => this.addLayer(path));
    return { paths, wide };
  },

  /** Draw a line around the chosen place. */
  choose() {
    this.mark.clearLayers();
    const shape = extent().flatMap((unit) => outline(unit) || []);
    if (!shape.length) return;
    for (const className of ['chosen-halo', 'chosen']) {
      this.mark.addLayer(L.polygon(shape, { pane: 'chosen', renderer: this.sheets.chosen, className, fill: false, interactive: false }));
    }
  },
});

/** Return whether a background map has been put under ours. */
function tiled(map) {
  return Object.values(map._layers).some((layer) => layer instanceof L.TileLayer);
}

/** Offer a background, which is asked for only once the reader has read who will learn of it. */
function offerBackground(map, background) {
  const { host } = new URL(background._url.replace('{s}.', ''));
  const box = make('input', { type: 'checkbox', id: 'background', on: { change: () => (box.checked ? background.addTo(map) : background.remove()) } });
  byId('ground').append(make('label', { class: 'background' }, box, make('span', {}, 'Background map',
    make('small', {}, `from ${host}, which then learns your address and which area you look at`))));
}

/** Return the unit that is spoken of where a district lies: itself, or else its province. */
function spoken(unit) {
  if (records.claimsIn.has(unit)) return unit;
  const province = records.places.get(unit).admin1_pcode;
  return scene.now.control.has(province) ? province : unit;
}

/** Return the unit of what is being looked at, if it has one. */
function chosenUnit() {
  const event = records.events.get(state.event);
  if (event) return event.unit;
  return records.places.get(state.place)?.unit || null;
}

/** Return the units over which what is being looked at extends: those that a region covers, else the one it lies in. */
function extent() {
  const unit = chosenUnit();
  const id = records.events.get(state.event)?.place_id || (state.event ? null : state.place);
  return records.places.get(id)?.covers || (unit ? [unit] : []);
}

/** Return one line on a place, for the pointer that rests on it. */
function describe(district) {
  const unit = spoken(district);
  const place = records.places.get(unit);
  const standing = scene.now.control.get(unit);
  const events = scene.now.events.filter((event) => event.unit === unit).length;
  return [
    make('b', {}, place.name), ' ', native(place.native),
    make('span', {}, place.kind === 'district' ? `District in ${place.admin1}` : 'Province'),
    make('span', {}, standing ? headline(standing) : 'Nobody is said to hold it in these articles'),
    events ? make('span', {}, many(events, 'event')) : null,
  ];
}

/** Return how a place stands, in one line. */
function headline(standing) {
  const { status, holder, origins, parties, why } = standing;
  const { name } = standingWords(standing);
  const sides = status === 'contested' ? parties.slice(0, 3).join(' or ') : holder;
  const behind = holder ? originsSaid(origins) : why.map(({ note }) => note).find((note) => note.startsWith('only parts')) || 'nobody is said to hold it';
  return `${name}${sides ? `: ${sides}` : ''}${name === UNSOURCED.name ? '' : ` · ${behind}`}`;
}

/** Return a point below an element, as an event of the pointer would give it. */
function under(element) {
  const { left, bottom } = element.firstElementChild.getBoundingClientRect();
  return { clientX: left, clientY: bottom };
}

function hover(event, content) {
  const line = byId('hover');
  line.hidden = !event;
  if (!event) return;
  line.replaceChildren(...content().filter(Boolean));
  const box = byId('ground').getBoundingClientRect();
  const left = Math.min(event.clientX - box.left + 14, box.width - line.offsetWidth - 8);
  line.style.transform = `translate(${Math.max(left, 8)}px, ${event.clientY - box.top + 16}px)`;
}

/** Take over the finished map. */
function openMap(map) {
  map.invalidateSize({ animate: false });
  const pane = map.getContainer();
  pane.setAttribute('role', 'application');
  pane.setAttribute('aria-label', 'Map: arrow keys move it, plus and minus zoom. Its marks follow, from north to south; everything on it is also in the lists.');
  L.control.attribution({ prefix: '<a href="https://leafletjs.com" target="_blank" rel="noreferrer noopener">Leaflet</a>' }).addTo(map);
  const saved = (state.view || '').split(',').map(Number);
  if (saved.length === 3 && saved.every(Number.isFinite)) map.setView(saved.slice(0, 2), saved[2], { animate: false });
  else map.fitBounds(home(), { ...margins(map), maxZoom: 9.5, animate: false });
  scene.map = map;
  map.on('moveend', () => {
    const { lat, lng } = map.getCenter();
    state.view = [lat.toFixed(4), lng.toFixed(4), map.getZoom()].join();
    keep();
    layers.events.reach();
    if (state.tab === 'shown' && !SUBJECTS.some((name) => state[name])) drawPanel(state, state);
  });
}

/** Return the bounds of the places with claims, else of the events, else of the country. */
function home() {
  const bounds = L.latLngBounds([]);
  const units = [...records.control.keys()].filter((unit) => records.places.get(unit)?.kind === 'district');
  for (const unit of units.length ? units : records.control.keys()) bounds.extend(outline(unit) || []);
  if (!bounds.isValid()) for (const event of records.events.values()) if (event.point) bounds.extend([event.point[1], event.point[0]]);
  if (!bounds.isValid()) for (const unit of Object.keys(records.outlines)) bounds.extend(outline(unit));
  return bounds.isValid() ? bounds : [[-60, -170], [75, 170]];
}

/** Return what of some bounds lies over the country, if anything does: what a smaller picture must show. */
function inland(bounds) {
  const land = L.latLngBounds([]);
  for (const place of records.places.values()) if (place.kind === 'province') land.extend(L.latLngBounds((outline(place.place_id) || []).flat(2)));
  if (!land.isValid() || !land.intersects(bounds)) return bounds;
  return L.latLngBounds(
    [Math.max(land.getSouth(), bounds.getSouth()), Math.max(land.getWest(), bounds.getWest())],
    [Math.min(land.getNorth(), bounds.getNorth()), Math.min(land.getEast(), bounds.getEast())],
  );
}

/** Return what lies in the part of the map that is seen: the places with a claim, [unit, standing], and the events. */
function inSight() {
  const view = scene.map.getBounds();
  const seen = ([unit]) => {
    const place = records.places.get(unit);
    const shape = place && place.kind !== 'country' && outline(unit);
    if (shape) place.bounds ||= L.latLngBounds(shape.flat(2));
    return place && place.kind !== 'country' && (shape ? view.intersects(place.bounds) : view.contains([place.point[1], place.point[0]]));
  };
  const units = [...scene.now.control].filter(seen).sort(([a], [b]) => before(records.places.get(a).name, records.places.get(b).name));
  return [units, scene.now.events.filter(({ point }) => point && view.contains([point[1], point[0]]))];
}

/** Return how much of the map's edges is covered, as options of fitBounds. */
function margins(map) {
  const legend = byId('legend');
  const covered = legend.open ? legend.offsetWidth + 20 : 0;
  const wide = covered < map.getSize().x / 2;
  return { paddingTopLeft: [40, 30], paddingBottomRight: [wide ? covered + 24 : 24, 30] };
}

/** Bring a place into view, unless it is there already. */
function approach(place) {
  const { map } = scene;
  const shape = outline(place.unit);
  const bounds = shape ? L.latLngBounds(shape.flat(2)) : L.latLngBounds([[place.point[1], place.point[0]]]);
  const { paddingTopLeft, paddingBottomRight } = margins(map);
  const [low, high] = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
  const open = L.bounds(L.point(paddingTopLeft), map.getSize().subtract(L.point(paddingBottomRight)));
  if (!open.contains(L.bounds(low, high)) || high.x - low.x < 60) map.fitBounds(bounds.pad(0.6), { ...margins(map), maxZoom: 9.5 });
}
