// Turns actors into colours, letters and hatches, and events into the shapes of their marks.

/** Colours apart for every kind of colour vision and, as far as four can be, in grey; letters tell them apart where that fails. */
const PALETTE = ['#2d5f8e', '#e2aa3c', '#6db39c', '#a4597f', '#c3c976', '#6c5b97'];
const OTHERS = '#8b8f94';
const NOBODY = '#d9d6cd';

/** Every party to control with its look. A party of the actor table has the same colour on every page, as far as colours go. */
const actors = (() => {
  const places = new Map();
  for (const entry of records.control.values()) {
    for (const party of new Set([entry.holder, ...partiesOf(entry.claims)])) {
      if (party) places.set(party, (places.get(party) || 0) + 1);
    }
  }
  const known = new Map(records.parties.map((name, i) => [name, i]));
  const rank = (name) => known.get(name) ?? known.size;
  const names = [...places.keys()].sort((a, b) => rank(a) - rank(b) || places.get(b) - places.get(a) || before(a, b));
  const letters = new Set();
  const slots = new Set();
  const looks = names.map((name, i) => {
    const letter = initials(name, letters);
    const slot = PALETTE.map((_, n) => (rank(name) + n) % PALETTE.length).find((free) => !slots.has(free));
    letters.add(letter);
    slots.add(slot);
    return { name, letter, colour: PALETTE[slot] || OTHERS, slug: `actor-${i}`, places: places.get(name) };
  });
  return new Map(looks.sort((a, b) => b.places - a.places || before(a.name, b.name)).map((look) => [look.name, look]));
})();

/** Return the shortest beginning of a name, by words and then by letters, that no other actor has. */
function initials(name, taken) {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const tries = words.map((_, i) => words.slice(0, i + 1).map((word) => word[0].toUpperCase()).join(''));
  for (let length = 2; length <= name.length; length += 1) tries.push(name.slice(0, length));
  return tries.find((letters) => !taken.has(letters)) || name;
}

function lookOf(name) {
  return actors.get(name) || { name, letter: '?', colour: OTHERS, slug: 'actor-other' };
}

/** Return the fill of a place by how it stands: a colour, or the address of a hatch. */
function fillOf(standing) {
  if (standing.status === 'contested') {
    const [one, other] = stripesOf(standing);
    return hatch(one, other);
  }
  return standing.holder && standing.status !== 'unknown' ? lookOf(standing.holder).colour : dots();
}

/** Return the two actors whose colours a contested place is striped with; the holder of the last statement first. */
function stripesOf(standing) {
  const parties = [standing.holder, ...standing.parties.filter((party) => party !== standing.holder)].filter(Boolean);
  return [parties[0] || null, parties[1] || null];
}

const patterns = new Map();

/** Return a fill of diagonal stripes in the colours of two actors; a second actor nobody names stays pale. */
function hatch(one, other) {
  const look = (name) => (name ? lookOf(name) : { colour: NOBODY, slug: 'nobody' });
  const id = `hatch-${look(one).slug}-${look(other).slug}`;
  return pattern(id, 12, () => [
    draw('rect', { width: 12, height: 12, fill: look(other).colour }),
    draw('path', { d: 'M-3 9 9 -3M3 15 15 3', stroke: look(one).colour, 'stroke-width': 4.25 }),
  ]);
}

/** Return the fill of a place of which nobody says who holds it. */
function dots() {
  return pattern('unknown', 8, () => [
    draw('rect', { width: 8, height: 8, fill: NOBODY }), draw('circle', { cx: 4, cy: 4, r: 1.3, fill: '#55595e' }),
  ]);
}

function pattern(id, size, parts) {
  if (!patterns.has(id)) {
    patterns.set(id, parts);
    byId('patterns').querySelector('defs').append(
      draw('pattern', { id, width: size, height: size, patternUnits: 'userSpaceOnUse' }, parts()));
  }
  return `url(#${id})`;
}

/** Return the shape of an event type: solid at a named place, hollow where it only stands for an area. */
function glyph(type, look, size = 15) {
  return draw('svg', { class: `glyph ${look}`, viewBox: '-2 -2 28 28', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    draw('path', { d: EVENT_TYPES[type] || EVENT_TYPES['Strategic developments'] }));
}

/** Return a sample of a fill, for the legend and the lists. */
function swatch(standing, letter = true) {
  const one = draw('rect', { x: 1.5, y: 1.5, width: 27, height: 17, rx: 2, fill: fillOf(standing), class: `edge ${edgeOf(standing)}` });
  const held = letter && standing.status !== 'unknown' && standing.holder;
  const sign = standing.status === 'reversed' ? '↺' : '';
  const name = held ? `${lookOf(standing.holder).letter}${sign}` : sign;
  return draw('svg', { class: 'swatch', viewBox: '0 0 30 20', width: 30, height: 20, 'aria-hidden': 'true', focusable: 'false' },
    one, name ? draw('text', { x: 15, y: 14.2, class: 'letter' }, name) : null);
}

/** Return the name of the edge by how many independent origins there are: "nobody" where a claim has none. */
function edgeOf({ status, origins }) {
  if (status === 'confirmed') return 'admitted';
  if (status === 'claimed' && !origins) return 'nobody';
  return origins > 1 ? 'several' : 'single';
}
