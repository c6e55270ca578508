// Explains every sign of the map, with each word defined beside the sign that stands for it.

/** How many origins the sample of each standing shows. */
const SAMPLES = [['unsourced', 0], ['claimed', 1], ['corroborated', 2], ['confirmed', 2], ['contested', 2], ['reversed', 2], ['unknown', 1]];

const PRECISIONS = [
  ['exact', 'At a named place'],
  ['district', 'Stands for a whole district'],
  ['province', 'Stands for a whole province'],
];

function drawLegend() {
  const [first, second] = [...actors.keys()];
  const standings = SAMPLES.map(([name, origins]) => {
    const status = origins ? name : 'claimed';
    const sample = { status, origins, holder: first || null, parties: [first, second].filter(Boolean) };
    const words = standingWords(sample);
    return make('div', { class: 'entry' }, swatch(sample, false), make('dt', {}, words.name), make('dd', {}, words.brief));
  });
  const holders = [...actors.values()].slice(0, 6).map((actor) => make('li', {}, swatch({ status: 'claimed', origins: 2, holder: actor.name }), own(actor.name)));
  const types = Object.keys(EVENT_TYPES).map((type) => make('li', {}, glyph(type, 'exact', 16), type));
  const precisions = PRECISIONS.map(([look, name]) => make('li', {}, make('span', { class: `plate ${look}` }, glyph('Battles', look, 12)), name));
  byId('legend-items').replaceChildren(
    make('h2', {}, 'Who is claimed to hold a district'),
    holders.length ? make('ul', { class: 'holders' }, holders) : make('p', {}, 'Nobody is said to hold anything in these articles.'),
    make('h2', {}, 'How that claim stands'),
    make('dl', {}, standings),
    make('p', { class: 'fine' }, 'Paler, with a heavier line: said of a whole province. A letter in the district names the holder.'),
    make('h2', {}, 'Events, by ACLED’s types'),
    make('ul', { class: 'types' }, types),
    make('h2', {}, 'How exactly an event is placed'),
    make('ul', { class: 'precisions' }, precisions),
    make('p', { class: 'fine' }, 'A number counts the events under a mark. Plain districts: no claim in these articles, which does not mean that nothing happened.'),
  );
  byId('legend').open = innerWidth > 1000 && innerHeight > 640;
}
