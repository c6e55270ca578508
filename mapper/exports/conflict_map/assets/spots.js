// Puts a mark on each place of events: its shape tells the type, its filling how exactly the place is known.

/** Marks within so many points from north to south are of one row, in which the keyboard goes from west to east. */
const ROW = 60;

const EventsLayer = L.LayerGroup.extend({
  onAdd(map) {
    this.stops = [];
    this.marks = new Map();
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
    this.clearLayers();
    scene.boxes = [];
  },

  /** Bring the layer up to the state: all of it, or only which event is chosen. */
  show(all) {
    if (!this._map || !scene.map) return;
    if (all) this.paint();
    const chosen = records.events.get(state.event);
    for (const { marker, events } of this.stops) marker.plate.classList.toggle('chosen-mark', Boolean(chosen) && events.includes(chosen));
  },

  /** Put one mark on each place of events; marks that would overlap at this zoom become one. */
  paint() {
    const map = this._map;
    this.stops = this.gather(map).sort((a, b) => Math.round(a.at.y / ROW) - Math.round(b.at.y / ROW) || a.at.x - b.at.x);
    scene.boxes = this.stops.map((stop) => stop.box);
    const old = this.marks;
    this.marks = new Map();
    for (const stop of this.stops) {
      const key = this.sign(map, stop);
      const marker = old.get(key) || this.mark(map, stop);
      old.delete(key);
      this.marks.set(key, marker);
      stop.marker = marker;
      marker.stop = stop;
      if (!this.hasLayer(marker)) this.addLayer(marker);
    }
    for (const marker of old.values()) this.removeLayer(marker);
    this.order(map.getPane('markerPane'));
    this.reach();
  },

  /** Return what tells one mark from another that looks or stands otherwise. */
  sign(map, stop) {
    const kinds = stop.kinds.map(({ look, events }) => `${look} ${events.length > 1 ? '' : events[0].event_id}`);
    return [map.getZoom(), ...stop.spots, this.named(stop), ...kinds].join('|');
  },

  /** Put the marks into the order in which the keyboard goes through them; those that stand right stay where they are. */
  order(pane) {
    let next = null;
    for (const { marker } of [...this.stops].reverse()) {
      const icon = marker.getElement();
      if (icon.nextSibling !== next) pane.insertBefore(icon, next);
      next = icon;
    }
  },

  /** Let the keyboard reach the marks that are in sight, and no others: the browser would scroll the map to one that is not. */
  reach() {
    const view = this._map?.getBounds();
    for (const { marker } of this.stops) {
      const icon = marker.getElement();
      if (icon && view) icon.tabIndex = view.contains(marker.getLatLng()) ? 0 : -1;
    }
  },

  /** Return where marks stand, and what stands in them. */
  gather(map) {
    const spots = new Map();
    for (const event of scene.now.events) {
      if (!event.spot) continue;
      if (!spots.has(event.spot)) spots.set(event.spot, []);
      spots.get(event.spot).push(event);
    }
    let stops = [...spots].sort(([, a], [, b]) => b.length - a.length || byDay(a[0], b[0])).map(([spot, events]) => {
      const [longitude, latitude] = events[0].point;
      return this.stop(map.latLngToLayerPoint([latitude, longitude]), events, [spot]);
    });
    for (let last = Infinity; stops.length < last;) {
      last = stops.length;
      stops = this.merge(stops);
    }
    return stops;
  },

  stop(at, events, spots) {
    const joined = spots.length > 1;
    const kinds = this.kinds(events);
    const coarse = ['province', 'district', 'exact'].find((look) => events.some((event) => event.look === look));
    const width = joined ? 74 : kinds.reduce((sum, kind) => sum + (kind.events.length > 1 ? 31 : 21), 12);
    return { at, events, spots, kinds, joined, coarse, box: boxAround(at, width, 27) };
  },

  /** Join each stop to the first one that it overlaps. */
  merge(stops) {
    const groups = [];
    for (const stop of stops) {
      const near = groups.find(([first]) => overlap(first.box, stop.box));
      if (near) near.push(stop);
      else groups.push([stop]);
    }
    return groups.map((group) => (group.length > 1 ? this.stop(group[0].at, group.flatMap(({ events }) => events), group.flatMap(({ spots }) => spots)) : group[0]));
  },

  /** Return the events by type and precision, the most frequent first. */
  kinds(events) {
    const kinds = new Map();
    for (const event of events) {
      const kind = kinds.get(event.kind);
      if (kind) kind.events.push(event);
      else kinds.set(event.kind, { type: event.event_type, look: event.only_by_mutation ? 'mutated' : event.look, events: [event] });
    }
    return [...kinds.values()].sort((a, b) => b.events.length - a.events.length || before(a.type, b.type));
  },

  /** Return the mark of a stop: each kind with its number, or at a joined stop the kinds and the sum. */
  mark(map, stop) {
    const { at, events, kinds, joined, coarse } = stop;
    const parts = joined
      ? [kinds.slice(0, 3).map((kind) => glyph(kind.type, kind.look, 11)), make('span', { class: 'count' }, events.length)]
      : kinds.map((kind) => make('span', { class: 'kind', 'data-event': kind.events.length > 1 ? null : kind.events[0].event_id },
        glyph(kind.type, kind.look), kind.events.length > 1 ? make('span', { class: 'count' }, kind.events.length) : null));
    const plate = make('span', { class: `plate ${coarse} ${joined ? 'joined' : ''}` }, parts);
    const marker = L.marker(map.layerPointToLatLng(at), {
      keyboard: false, bubblingMouseEvents: false, riseOnHover: true, icon: L.divIcon({ className: 'mark', html: plate, iconSize: null }),
    });
    marker.plate = plate;
    marker.on('click', ({ originalEvent }) => this.open(map, originalEvent.target.closest?.('[data-event]')?.dataset.event, marker.stop));
    marker.on('add', () => {
      const icon = marker.getElement();
      icon.setAttribute('role', 'button');
      icon.setAttribute('aria-label', this.named(stop));
      icon.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        this.open(map, null, marker.stop);
      });
      icon.addEventListener('focus', () => icon.matches(':focus-visible') && hover(under(icon), () => this.lines(marker.stop.events)));
      icon.addEventListener('blur', () => hover(null));
    });
    marker.on('mousemove', ({ originalEvent }) => hover(originalEvent, () => this.lines(marker.stop.events)));
    marker.on('mouseout', () => hover(null));
    return marker;
  },

  /** Return what a mark says, for people who listen: where, what, how many, and how exactly it is placed. */
  named({ events, kinds, coarse }) {
    const at = [...new Set(events.map((event) => event.at))];
    const where = at.slice(0, 3).join(', ') + (at.length > 3 ? ` and ${at.length - 3} more places` : '');
    return `${where}: ${kinds.map((kind) => `${kind.events.length} ${kind.type}`).join(', ')}. ${PRECISIONS.find(([look]) => look === coarse)?.[1] || ''}`;
  },

  /** Open what was clicked: the one event, or the list of all that share the mark. */
  open(map, one, { events, spots }) {
    hover(null);
    const bounds = L.latLngBounds(spots.map((spot) => spot.split(',').map(Number).reverse()));
    if (spots.length > 1 && map.getZoom() < 11) map.fitBounds(bounds.pad(0.6), { maxZoom: 11.5 });
    const event = one || (events.length === 1 ? events[0].event_id : null);
    visit(event ? { event } : { near: spots.join(' ') });
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
