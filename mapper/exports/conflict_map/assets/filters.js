// The filters: which sources, actors, kinds and standings are shown, with how much each would show.

/** Values of a filter that are offered; the search box and the lists lead to all others. */
const MOST = 200;

function openFilters() {
  const toggle = byId('filters-toggle');
  toggle.addEventListener('click', () => {
    const open = byId('filters').hidden;
    byId('filters').hidden = !open;
    if (open) {
      scene.now = choose(state);
      drawFilters();
    }
    toggle.setAttribute('aria-expanded', String(open));
    if (open) byId('filters').querySelector('input')?.focus();
    scene.map?.invalidateSize();
  });
  byId('filters').append(
    ...Object.entries(FACETS).map(([name, facet]) => make('fieldset', {}, make('legend', {}, facet.name, make('small', {}, make('span', { class: 'unseen' }, ', counted in '), facet.of)), make('div', { id: `facet-${name}`, class: 'choices' }))),
    make('fieldset', {}, make('legend', {}, 'More', make('small', {}, 'events, places')),
      make('label', { class: 'least' }, 'At least ', make('select', { id: 'least', on: { change: (event) => adjust({ origins: Number(event.target.value) }) } },
        [0, 1, 2, 3, 4].map((number) => make('option', { value: number }, number))), ' independent origins'),
      make('label', {}, make('input', { id: 'mutated', type: 'checkbox', on: { change: (event) => adjust({ mutated: event.target.checked }) } }), ' Events that exist only by retelling', make('span', { class: 'count', id: 'retold' })),
      make('button', { type: 'button', id: 'clear', on: { click: () => adjust(Object.fromEntries(HOLDING_BACK.map((name) => [name, DEFAULTS[name]]))) } }, 'Clear all filters')),
  );
}

function drawFilters() {
  if (!byId('filters').hidden) for (const [name, facet] of Object.entries(FACETS)) drawFacet(name, facet);
  byId('least').value = String(state.origins);
  byId('mutated').checked = state.mutated;
  byId('retold').replaceChildren(figure.format(records.retold), make('span', { class: 'unseen' }, ' events'));
  byId('retold').title = many(records.retold, 'event');
  const active = HOLDING_BACK.reduce((sum, name) => sum + (Array.isArray(state[name]) ? state[name].length : Number(Boolean(state[name]))), 0);
  byId('filters-count').textContent = active ? ` (${active})` : '';
  byId('filters-toggle').classList.toggle('active', active > 0);
  byId('clear').disabled = !active;
}

/** Draw the choices of one filter. What stays in its place is not touched, so that the focus stays where it is. */
function drawFacet(name, facet) {
  const counts = scene.now.counts[name];
  const every = [...columnOf(name).numbers.keys()];
  const values = [...new Set([...every, ...state[name]])].sort((a, b) => (counts.get(b) || 0) - (counts.get(a) || 0) || before(a, b)).slice(0, MOST);
  const box = byId(`facet-${name}`);
  const focused = box.contains(document.activeElement) ? document.activeElement : null;
  values.forEach((value, at) => {
    const { label, input, count, number } = choiceOf(name, facet, value);
    const found = counts.get(value) || 0;
    input.checked = state[name].includes(value);
    if (number.data !== figure.format(found)) {
      number.data = figure.format(found);
      count.title = many(found, facet.of.slice(0, -1));
    }
    if (box.children[at] !== label) box.insertBefore(label, box.children[at] ?? null);
  });
  while (box.children.length > values.length) box.lastElementChild.remove();
  if (every.length > MOST) box.append(make('p', { class: 'fine' }, `and ${every.length - MOST} more with fewer`));
  if (focused?.isConnected && document.activeElement !== focused) focused.focus();
}

const choices = new Map();

/** Return the label of one choice, made once: its box, and where its number stands. */
function choiceOf(name, facet, value) {
  const key = `${name} ${value}`;
  if (!choices.has(key)) {
    const input = make('input', { type: 'checkbox', value, on: { change: (event) => {
      adjust({ [name]: event.target.checked ? [...state[name], value] : state[name].filter((other) => other !== value) });
    } } });
    const number = document.createTextNode('');
    const count = make('span', { class: 'count' }, number, make('span', { class: 'unseen' }, ` ${facet.of}`));
    const words = make('bdi', {}, breakable(facet.label ? facet.label(value) : value));
    choices.set(key, { label: make('label', {}, input, name === 'type' ? glyph(value, 'exact', 13) : null, words, count), input, count, number });
  }
  return choices.get(key);
}

/** Return words that may go on in the next line after a slash. */
function breakable(words) {
  return words.split('/').flatMap((part, i) => (i ? ['/', make('wbr'), part] : [part]));
}
