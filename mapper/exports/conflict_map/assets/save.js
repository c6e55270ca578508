// Hands over what is shown: the events as GeoJSON and CSV, the map as a picture, a line to cite, the page on paper.

const SAVES = {
  'Events shown, as GeoJSON': () => offer('events-shown.geojson', new Blob([geojson(scene.now.events)], { type: 'application/geo+json' })),
  'Events shown, as CSV (ACLED columns)': () => offer('events-shown.csv', new Blob([csv(records.columns, scene.now.events)], { type: 'text/csv' })),
  'Places shown, who is said to hold them, as CSV': () => offer('places-shown.csv', new Blob([csv(LEDGER, ledgerRows())], { type: 'text/csv' })),
  'Map shown, as PNG': async () => offer('map-shown.png', await raster(picture())),
  'Map shown, as SVG': () => offer('map-shown.svg', new Blob([picture()], { type: 'image/svg+xml' })),
  'Copy a line to cite': () => copy(`${citation()} ${showing()}`),
  'Print, or save as PDF': () => print(),
};

function openSave() {
  byId('save-items').replaceChildren(...Object.entries(SAVES).map(([label, act]) => make('button', { type: 'button', on: { click: () => {
    byId('save').open = false;
    act();
  } } }, label)));
  byId('save').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    byId('save').open = false;
    byId('save').querySelector('summary').focus();
  });
  addEventListener('click', (event) => {
    if (!byId('save').contains(event.target)) byId('save').open = false;
  });
}

function offer(name, content) {
  const address = URL.createObjectURL(content);
  const anchor = make('a', { download: name });
  anchor.href = address;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  tell(`Saved ${name}: ${many(scene.now.events.length, 'event')}, ${many(scene.now.control.size, 'place')} with claims`);
}

const plain = (event) => Object.fromEntries(records.columns.map((name) => [name, event[name]]));

function geojson(events) {
  const features = events.map((event) => ({
    type: 'Feature',
    geometry: event.point ? { type: 'Point', coordinates: event.point } : null,
    properties: { ...plain(event), sources: [...event.claims, ...event.against].filter((claim) => scene.now.said.has(claim)).map((claim) => ({
      status: claim.status, claim_id: claim.claim_id, outlet: claim.article.outlet, published: claim.article.published, url: claim.article.url,
      quote: claim.article.text.slice(claim.start, claim.end), speakers: claim.attribution.map((hop) => hop.name),
    })) },
  }));
  return `${JSON.stringify({ type: 'FeatureCollection', note: `${citation()} ${showing()}`, features }, null, 1)}\n`;
}

const LEDGER = ['place_id', 'name', 'status', 'holder', 'since', 'as_of', 'independent_origins', 'periods', 'claim_ids'];

/** Return who is said to hold each place that is shown, field by field as control.geojson shows it. */
function ledgerRows() {
  return [...scene.now.control.values()].map(({ entry, status, holder, since, asOf, origins, periods, claims }) => ({
    place_id: entry.unit, name: entry.name, status, holder, since, as_of: asOf, independent_origins: origins,
    periods: periods.map((period) => ({ from: period.from, to: period.to, status: period.status, holder: period.holder })),
    claim_ids: claims.map((claim) => claim.claim_id),
  }));
}

function csv(columns, rows) {
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name]))];
  return `\ufeff${lines.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Return a value as a CSV cell which no spreadsheet takes for a formula; numbers stay numbers. */
function cell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const flat = Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join('; ') : value;
  const text = typeof flat === 'string' ? flat : JSON.stringify(flat);
  const safe = /^[\s"']*[=+\-@＝＋－＠]|^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Return a line which says what this page is and how far it reaches. */
function citation() {
  return `Conflict claims: what ${many(records.articles.size, 'article')} published ${span(...records.published) || 'on unknown days'} say of ${span(...records.days) || 'unknown days'}; ${many(scene.now.events.length, 'event')} shown. Claims by the named sources, not findings.`;
}

/** Return in words what the filters and the clocks let through. */
function showing() {
  const { since, day: until, by } = state;
  const held = [
    since && `events since ${day(since)}`, until && `as of ${day(until)}`, by && `as published by the evening of ${day(by)}`,
    ...Object.entries(FACETS).map(([name, facet]) => state[name].length && `${facet.name.toLowerCase()}: ${state[name].map((value) => (facet.label ? facet.label(value) : value)).join(', ')}`),
    state.origins && `at least ${many(state.origins, 'independent origin')}`,
    state.mutated && 'with events that exist only by retelling',
  ].filter(Boolean);
  return `Claimed control and ${many(scene.now.events.length, 'event')}${held.length ? `; ${held.join('; ')}` : ', all that was read'}.`;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell('Copied');
  } catch {
    prompt('Copy this line:', text);
  }
}
