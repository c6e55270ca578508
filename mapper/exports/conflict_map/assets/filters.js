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

/** Draw the choices of one filter, keeping the focus on the one that was just used. */
function drawFacet(name, facet) {
  const counts = scene.now.counts[name];
  const every = [...columnOf(name).numbers.keys()];
  const values = [...new Set([...every, ...state[name]])].sort((a, b) => (counts.get(b) || 0) - (counts.get(a) || 0) || before(a, b)).slice(0, MOST);
  const box = byId(`facet-${name}`);
  const focused = box.contains(document.activeElement) ? document.activeElement.value : null;
  box.replaceChildren(...values.map((value) => make('label', {},
    make('input', { type: 'checkbox', value, checked: state[name].includes(value), on: { change: (event) => {
      adjust({ [name]: event.target.checked ? [...state[name], value] : state[name].filter((other) => other !== value) });
    } } }),
    name === 'type' ? glyph(value, 'exact', 13) : null,
    make('bdi', {}, breakable(facet.label ? facet.label(value) : value)), make('span', { class: 'count', title: many(counts.get(value) || 0, facet.of.slice(0, -1)) }, figure.format(counts.get(value) || 0), make('span', { class: 'unseen' }, ` ${facet.of}`)))),
  every.length > MOST ? make('p', { class: 'fine' }, `and ${every.length - MOST} more with fewer`) : '');
  if (focused !== null) [...box.querySelectorAll('input')].find((input) => input.value === focused)?.focus();
}

/** Return words that may go on in the next line after a slash. */
function breakable(words) {
  return words.split('/').flatMap((part, i) => (i ? ['/', make('wbr'), part] : [part]));
}
