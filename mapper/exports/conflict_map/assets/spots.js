// Puts a mark on each place of events: its shape tells the type, its filling how exactly the place is known.

const EventsLayer = L.LayerGroup.extend({
  onAdd(map) {
    L.LayerGroup.prototype.onAdd.call(this, map);
    map.on('zoomend', this.repaint, this);
    this.repaint();
  },

  repaint() {
    this.show(true);
  },

  onRemove(map) {
    map.off('zoomend', this.repaint, this);
    L.LayerGroup.prototype.onRemove.call(this, map);
    scene.boxes = [];
  },

  /** Bring the layer up to the state: all of it, or only which event is chosen. */
  show(all) {
    if (!this._map || !scene.map) return;
    if (all) this.paint();
    for (const plate of document.querySelectorAll('.mark .plate')) {
      plate.classList.toggle('chosen-mark', Boolean(state.event) && plate.dataset.all.split(' ').includes(state.event));
    }
  },

  /** Put one mark on each place of events; marks that would overlap at this zoom become one. */
  paint() {
    const map = this._map;
    this.clearLayers();
    const stops = this.gather(map);
    scene.boxes = stops.map((stop) => stop.box);
    for (const stop of stops) this.addLayer(this.mark(map, stop));
  },

  /** Return where marks stand: {at, events, spots, box}. */
  gather(map) {
    const spots = new Map();
    for (const event of scene.now.events) {
      if (!event.point) continue;
      const key = event.point.map((degree) => degree.toFixed(3)).join();
      if (!spots.has(key)) spots.set(key, []);
      spots.get(key).push(event);
    }
    let stops = [...spots.values()].sort((a, b) => b.length - a.length || byDay(a[0], b[0])).map((events) => {
      const [longitude, latitude] = events[0].point;
      return this.stop(map.latLngToLayerPoint([latitude, longitude]), events, [[latitude, longitude]]);
    });
    for (let last = Infinity; stops.length < last;) {
      last = stops.length;
      stops = this.merge(stops);
    }
    return stops;
  },

  stop(at, events, spots) {
    const width = spots.length > 1 ? 74 : this.kinds(events).reduce((sum, kind) => sum + (kind.events.length > 1 ? 31 : 21), 12);
    return { at, events, spots, box: boxAround(at, width, 27) };
  },

  /** Join each stop to the first one that it overlaps. */
  merge(stops) {
    const kept = [];
    for (const stop of stops) {
      const i = kept.findIndex((other) => overlap(other.box, stop.box));
      if (i < 0) kept.push(stop);
      else kept[i] = this.stop(kept[i].at, [...kept[i].events, ...stop.events], [...kept[i].spots, ...stop.spots]);
    }
    return kept;
  },

  /** Return the events by type and precision, the most frequent first. */
  kinds(events) {
    const kinds = new Map();
    for (const event of events) {
      const look = event.only_by_mutation ? 'mutated' : precision(event).look;
      const key = `${event.event_type}|${look}`;
      if (!kinds.has(key)) kinds.set(key, { type: event.event_type, look, events: [] });
      kinds.get(key).events.push(event);
    }
    return [...kinds.values()].sort((a, b) => b.events.length - a.events.length || before(a.type, b.type));
  },

  /** Return the mark of a stop: each kind with its number, or at a joined stop the kinds and the sum. */
  mark(map, { at, events, spots }) {
    const kinds = this.kinds(events);
    const coarse = ['province', 'district', 'exact'].find((look) => events.some((event) => precision(event).look === look));
    const joined = spots.length > 1;
    const parts = joined
      ? [kinds.slice(0, 3).map((kind) => glyph(kind.type, kind.look, 11)), make('span', { class: 'count' }, events.length)]
      : kinds.map((kind) => make('span', { class: 'kind', 'data-events': kind.events.map((event) => event.event_id).join(' ') },
        glyph(kind.type, kind.look), kind.events.length > 1 ? make('span', { class: 'count' }, kind.events.length) : null));
    const plate = make('span', { class: `plate ${coarse} ${joined ? 'joined' : ''}`, 'data-all': events.map((event) => event.event_id).join(' ') }, parts);
    const marker = L.marker(map.layerPointToLatLng(at), {
      keyboard: false, bubblingMouseEvents: false, riseOnHover: true, icon: L.divIcon({ className: 'mark', html: plate, iconSize: null }),
    });
    marker.on('click', ({ originalEvent }) => {
      const kind = originalEvent.target.closest?.('[data-events]');
      this.open(map, kind ? kind.dataset.events.split(' ') : [], events, spots);
    });
    marker.on('mousemove', ({ originalEvent }) => hover(originalEvent, () => this.lines(events)));
    marker.on('mouseout', () => hover(null));
    return marker;
  },

  /** Open what was clicked: the one event, or the list of all that share the mark. */
  open(map, clicked, events, spots) {
    hover(null);
    const apart = new Set(spots.map(String)).size > 1;
    if (apart && map.getZoom() < 11) map.fitBounds(L.latLngBounds(spots).pad(0.6), { maxZoom: 11.5 });
    const ids = clicked.length === 1 ? clicked : events.map((event) => event.event_id);
    visit(ids.length === 1 ? { event: ids[0] } : { near: ids.join(' ') });
  },

  lines(events) {
    const [first] = events;
    const named = [...new Set(events.map((event) => event.at))].slice(0, 3).join(', ');
    return [
      make('b', {}, named),
      ...events.slice(0, 4).map((event) => make('span', {}, `${day(event.event_date)} · ${event.sub_event_type}`)),
      events.length > 4 ? make('span', {}, `and ${events.length - 4} more`) : null,
      make('span', { class: 'quiet' }, events.length > 1 ? 'Click for the list' : precision(first).text),
    ];
  },
});
