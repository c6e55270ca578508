// Turns the JSON of the page into records that know each other: claims their article, events their claims.

const records = (() => {
  const raw = JSON.parse(byId('records').textContent);
  /** Return the rows of a table. A row reads its columns where they lie: most cells of a large page are never looked at. */
  const list = ({ length, columns }) => {
    class Row {
      constructor(number) {
        this.number = number;
      }
    }
    for (const [name, column] of Object.entries(columns)) Object.defineProperty(Row.prototype, name, { get: reader(column) });
    return Array.from({ length }, (_, number) => new Row(number));
  };
  const reader = (column) => {
    if (Array.isArray(column)) return function cell() { return column[this.number]; };
    const { all, of, at } = column;
    return 'all' in column ? () => all : function cell() { return of[at[this.number]]; };
  };
  const index = (rows, key) => new Map(rows.map((row) => [row[key], row]));
  const group = (rows, key) => {
    const groups = new Map();
    for (const row of rows) {
      const name = key(row);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(row);
    }
    return groups;
  };

  const articles = index(list(raw.articles), 'id');
  const claims = index(list(raw.claims), 'claim_id');
  const origins = index(list(raw.origins), 'origin_id');
  const events = index(list(raw.events).sort(byDay), 'event_id');
  const places = index(list(raw.places), 'place_id');
  const toponyms = list(raw.toponyms);

  for (const article of articles.values()) Object.assign(article, { claims: [], toponyms: [] });
  for (const claim of claims.values()) {
    claim.article = articles.get(claim.article_id);
    claim.origin = origins.get(claim.origin_id);
    claim.events = [];
    claim.article.claims.push(claim);
  }
  for (const article of articles.values()) article.claims.sort((a, b) => a.start - b.start || b.end - a.end);
  for (const toponym of toponyms) articles.get(toponym.article_id).toponyms.push(toponym);
  for (const event of events.values()) {
    event.claims = event.claim_ids.map((id) => claims.get(id));
    event.against = [...new Set((event.contradictions || []).flatMap(({ values }) => values.flatMap(({ claim_ids: ids }) => ids)))]
      .filter((id) => !event.claim_ids.includes(id)).map((id) => claims.get(id)).filter(Boolean);
    event.sides = [event.actor1_normalised || event.actor1, event.actor2_normalised || event.actor2].filter(Boolean);
    event.unit = unitOf(event);
    event.at = placeOf(event);
    event.look = precision(event).look;
    event.kind = `${event.event_type}|${event.only_by_mutation ? 'mutated' : event.look}`;
    event.spot = event.point && event.point.map((degree) => degree.toFixed(3)).join();
    for (const claim of [...event.claims, ...event.against]) claim.events.push(event);
  }
  const eventsIn = group(events.values(), (event) => event.unit);
  const control = new Map();
  for (const entry of list(raw.control)) {
    entry.unit = unitOf(entry);
    entry.claims = entry.claim_ids.map((id) => claims.get(id));
    entry.admissions = new Set(entry.admission_ids || []);
    entry.events = (eventsIn.get(entry.unit) || []).filter(({ sub_event_type: type }) => type === CLASH || TAKINGS.includes(type));
    entry.asked = [...new Set([...entry.claims, ...entry.events.flatMap((event) => [...event.claims, ...event.against])])];
    control.set(entry.unit, entry);
  }
  for (const place of places.values()) place.unit = unitOf(place);

  const days = [...events.values()].map((event) => event.event_date).filter(Boolean).sort();
  const published = [...articles.values()].map((article) => article.published).filter(Boolean).sort();

  return {
    articles, claims, origins, events, places, control, toponyms,
    claimRows: raw.claims.length,
    rejected: list(raw.rejected),
    outlines: raw.outlines,
    neighbours: raw.neighbours,
    borders: raw.borders,
    country: raw.about.country,
    credits: raw.about.credits,
    parties: raw.about.parties,
    sides: new Map(Object.entries(raw.about.sides)),
    retold: [...events.values()].filter((event) => event.only_by_mutation).length,
    rules: table(raw.about.rules),
    columns: Object.keys(raw.events.columns).filter((name) => name !== 'point'),
    claimsIn: group(claims.values(), unitOf),
    eventsIn,
    eventsAt: group(events.values(), (event) => event.spot),
    refused: [...group(toponyms.filter((toponym) => toponym.refused), (toponym) => `${toponym.text}|${toponym.refused}`)],
    placeless: [...claims.values()].filter(({ place_id: id, status }) => (!places.has(id) || places.get(id).kind === 'country') && status !== 'past'),
    days: [days[0] || null, days[days.length - 1] || null],
    published: [published[0] || null, published[published.length - 1] || null],
    undated: [...articles.values()].filter((article) => !article.published).length,
  };
})();

/** Return the outlet of an article, or words that tell it from other articles of unknown outlets. */
function outlet(article) {
  return article.outlet || `Unknown outlet, “${shorten(title(article), 34)}”`;
}

/** Return the title of an article, or how its text begins. */
function title(article) {
  return article.title || shorten(article.text.trim().split('\n', 1)[0], 110) || article.id;
}

function shorten(words, most) {
  return words.length <= most ? words : `${words.slice(0, most).replace(/\s+\S*$/, '')} …`;
}
