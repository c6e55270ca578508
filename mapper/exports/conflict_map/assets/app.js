// Opens the page: one way from the state to everything that is shown.

const layers = {};

/** What the map's own script calls. */
window.conflictMap = {
  control: () => (layers.control = new ControlLayer()),
  names: () => (layers.names = new NamesLayer()),
  events: () => (layers.events = new EventsLayer()),
  open(map, background = null) {
    openSearch();
    openFilters();
    openClocks();
    openSave();
    drawLegend();
    openFrame();
    openMap(map);
    redraw(state, null);
    watch(redraw);
    if (background) offerBackground(map, background);
    map.on('layeradd layerremove', ({ layer }) => { if (layer instanceof L.TileLayer) byId('app').classList.toggle('tiled', tiled(map)); });
    byId('app').classList.toggle('tiled', tiled(map));
    addEventListener('load', () => {
      byId('app').classList.toggle('guested', document.querySelector('.leaflet-top.leaflet-right > *') !== null);
      new ResizeObserver(makeRoom).observe(byId('legend'));
    });
  },
};

const HOLDING_BACK = ['source', 'origin', 'actor', 'status', 'type', 'origins', 'mutated', 'since', 'day', 'by'];

function redraw(now, last) {
  const changed = (name) => !last || String(now[name]) !== String(last[name]);
  const other = HOLDING_BACK.some(changed);
  const unit = chosenUnit();
  const moved = unit !== scene.unit;
  scene.unit = unit;
  if (other) scene.now = choose(now);
  layers.control.show(other);
  layers.events.show(other);
  if (other || moved) layers.names.paint();
  drawPanel(now, last);
  if (other) {
    drawFilters();
    drawClocks();
  }
  if (last && other) tell(`${many(scene.now.events.length, 'event')} and ${many(scene.now.control.size, 'place')} shown`);
  const place = records.places.get(unit);
  if (moved && place && place.kind !== 'country' && !(now.view && !last)) approach(place);
}

/** Let what a caller put into the legend's corner stand beside the legend, where the map is too narrow below it. */
function makeRoom() {
  const { offsetWidth: wide, offsetHeight: high } = byId('legend');
  byId('app').classList.toggle('tight', byId('ground').offsetWidth < wide + 260);
  byId('ground').style.setProperty('--legend-wide', `${wide + 10}px`);
  byId('ground').style.setProperty('--legend-high', `${high + 10}px`);
}

/** Make the frame of the page work: what it covers, the sheet on a phone, the ways that skip. */
function openFrame() {
  const about = records.days[0] ? ` about ${span(...records.days)}` : '';
  const by = records.published[1] ? `, as published by ${day(records.published[1])}` : '';
  byId('range').textContent = `What ${many(records.articles.size, 'article')} ${records.articles.size === 1 ? 'says' : 'say'}${about}${by}`;
  byId('country').textContent = records.country;
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    byId('panel').focus();
  });
  byId('more').addEventListener('click', (event) => {
    event.preventDefault();
    visit({ tab: 'about' });
  });
  byId('list-shown').addEventListener('click', (event) => {
    event.preventDefault();
    visit({ tab: 'shown' });
  });
  byId('past-map').addEventListener('click', (event) => {
    event.preventDefault();
    byId('legend').querySelector('summary').focus();
  });
  byId('fold').addEventListener('click', () => unfold(byId('app').classList.contains('folded')));
  addEventListener('resize', () => {
    scene.map.invalidateSize();
    makeRoom();
  });
  addEventListener('beforeprint', () => unfoldAll(true));
  addEventListener('afterprint', () => unfoldAll(false));
}

let seen = null;

/** Unfold everything for paper, in words what is held back among it, and fit what the map shows onto it; then bring back what was. */
function unfoldAll(open) {
  byId('app').classList.toggle('printing', open);
  byId('told-held').textContent = showing();
  if (open) seen = { bounds: scene.map.getBounds(), centre: scene.map.getCenter(), zoom: scene.map.getZoom(), legend: byId('legend').open };
  drawPanel(state, state);
  if (open) document.querySelectorAll('#view details').forEach((details) => { details.open = true; });
  byId('legend').open = open || seen.legend;
  scene.map.invalidateSize({ animate: false });
  if (open) scene.map.fitBounds(inland(seen.bounds), { animate: false });
  else scene.map.setView(seen.centre, seen.zoom, { animate: false });
}

/** Show or hide the sheet of lists. */
function unfold(open) {
  if (byId('app').classList.contains('folded') !== open) return;
  byId('app').classList.toggle('folded', !open);
  byId('fold').setAttribute('aria-expanded', String(open));
  byId('fold').firstElementChild.textContent = open ? 'Hide the list' : 'Show the list';
  scene.map.invalidateSize();
}

byId('app').hidden = false;
