// Shows what stands behind a place or an event: each claim in its speaker's words, folded under its independent origin.

/** Return the claims under the origins they go back to, independent origins first, each as one card. */
function originCards(claims, lit) {
  const byOrigin = new Map();
  for (const claim of [...claims].sort(byPublication)) {
    if (!byOrigin.has(claim.origin)) byOrigin.set(claim.origin, []);
    byOrigin.get(claim.origin).push(claim);
  }
  const groups = [...byOrigin].sort(([a], [b]) => Number(b?.independent || 0) - Number(a?.independent || 0));
  const independents = groups.filter(([origin]) => origin?.independent);
  const others = groups.filter(([origin]) => !origin?.independent);
  return [
    independents.map(([origin, said]) => originCard(origin, said, lit)),
    others.length ? make('section', { class: 'others' },
      make('h3', {}, 'Said without a source of its own'),
      make('p', { class: 'fine' }, 'Hearsay, what an outlet recalls or sums up of others, or what came with a copied or rewritten article. Not counted as an origin.'),
      others.map(([origin, said]) => originCard(origin, said, lit))) : null,
  ];
}

function byPublication(a, b) {
  return before(a.article.published || '', b.article.published || '') || before(a.article_id, b.article_id) || a.start - b.start;
}

function originCard(origin, claims, lit) {
  const [first, ...copies] = claims;
  const outlets = new Set(claims.map((claim) => claim.article_id)).size;
  const said = [origin?.medium, origin?.date && day(origin.date)].filter(Boolean).join(', ');
  return make('section', { class: `origin ${origin?.independent ? 'independent' : ''}` },
    make('header', {},
      make('h3', {}, origin?.speaker ? own(origin.speaker) : origin?.kind === 'anonymous' ? 'Unnamed speaker' : outlet(first.article)),
      make('p', { class: 'fine' }, [said, `in ${many(outlets, 'article')}`].filter(Boolean).join(' · ')),
      origin?.independent ? make('span', { class: 'tag' }, 'independent origin') : null),
    claimCard(first, lit),
    copies.length ? make('details', { class: 'copies', open: copies.some((claim) => claim.claim_id === lit) },
      make('summary', {}, `${many(copies.length, 'more report')} of it`, make('span', { class: 'quiet' }, ` – ${names(copies)}`)),
      copies.map((claim) => claimCard(claim, lit))) : null);
}

/** Return the outlets of claims, each leading to its sentence in the article. */
function cited(claims) {
  const first = [...new Map([...claims].reverse().map((claim) => [claim.article, claim])).values()].reverse();
  const shown = first.slice(0, 3).map((claim, i) => [i ? ', ' : '', inside(subject({ article: claim.article_id, claim: claim.claim_id }), {}, own(outlet(claim.article)))]);
  return make('span', { class: 'quiet' }, shown, first.length > 3 ? ` and ${first.length - 3} more` : '');
}

function names(claims) {
  const found = [...new Set(claims.map((claim) => outlet(claim.article)))];
  return found.slice(0, 3).join(', ') + (found.length > 3 ? ` and ${found.length - 3} more` : '');
}

/** Return one claim: who published it, who says it through whom, in which words, and how it is read here. */
function claimCard(claim, lit) {
  return make('article', { class: `claim ${claim.status} ${claim.claim_id === lit ? 'lit' : ''}`, 'data-claim': claim.claim_id },
    make('p', { class: 'source' }, link(claim.article.url, outlet(claim.article)), ' · ', day(claim.article.published)),
    quotation(claim),
    chain(claim),
    make('p', { class: 'reading' }, make('span', { class: `status ${claim.status}`, title: STATUSES[claim.status]?.says }, STATUSES[claim.status]?.name || claim.status),
      ' ', own(content(claim)), '. ', make('span', { class: 'quiet' }, about(claim.event_date, claim.time_precision))),
    figures(claim).length ? make('p', { class: 'figures' }, figures(claim).map((figure) => make('b', {}, own(figure)))) : null,
    make('p', { class: 'steps' },
      inside(subject({ article: claim.article_id, claim: claim.claim_id }), {}, 'Read it in the article'),
      make('span', { class: 'fine' }, 'read by rule ', make('code', {}, claim.pattern || 'none'))));
}

/** Return the sentence with the claim marked, and some of what stands around it. */
function quotation(claim) {
  const { text } = claim.article;
  const from = edge(text, claim.start, -1);
  const to = edge(text, claim.end, 1);
  return make('blockquote', { dir: 'auto' },
    make('span', { class: 'around' }, from > 0 ? '… ' : '', text.slice(from, claim.start)),
    make('mark', {}, text.slice(claim.start, claim.end)),
    make('span', { class: 'around' }, text.slice(claim.end, to), to < text.length ? ' …' : ''));
}

/** Return where the context of a span ends: at its paragraph, or after some 160 characters at a space. */
function edge(text, at, way) {
  const reach = 160;
  let end = at;
  while (end + (way < 0 ? -1 : 0) >= 0 && end < text.length + (way < 0 ? 1 : 0)) {
    const character = text[way < 0 ? end - 1 : end];
    if (character === '\n' || (Math.abs(end - at) > reach && /\s/.test(character)) || Math.abs(end - at) > 2 * reach) break;
    end += way;
  }
  return end;
}

/** Return who says it through whom, hop by hop, from the outlet outward to the original speaker. */
function chain(claim) {
  const hops = claim.attribution;
  return make('ol', { class: 'chain', 'aria-label': 'Who says so, from the outlet to the original speaker' }, hops.map((hop, i) => {
    const last = i === hops.length - 1;
    const about = [hop.role, hop.medium, hop.cue ? `“${hop.cue}”` : null].filter(Boolean);
    return make('li', { class: last ? 'speaker' : null },
      own(hop.name || (hop.kind === 'outlet' ? 'outlet unknown' : 'unnamed')),
      about.length ? make('span', { class: 'quiet' }, ' – ', about.map((part, n) => [n ? ', ' : '', own(part)])) : null,
      last && hops.length === 1 ? make('span', { class: 'quiet' }, ' – in its own words; cites nobody') : null);
  }));
}

/** Return the versions of each field on which the claims differ, side by side. */
function contradictions(event) {
  const { said } = scene.now;
  const known = (event.contradictions || [])
    .map(({ field, values }) => ({ field, values: values.filter(({ claim_ids: ids }) => ids.some((id) => said.has(records.claims.get(id)))) }))
    .filter(({ values }) => values.length > 1);
  if (!known.length) return null;
  return make('section', {},
    make('h3', {}, 'Where the sources differ'),
    known.map((contradiction) => make('div', { class: 'versions' },
      make('h4', {}, sentence(FIELDS[contradiction.field] || contradiction.field)),
      make('ul', {}, contradiction.values.map(({ value, claim_ids: ids }) => make('li', {},
        make('b', {}, own(version(contradiction.field, value))), make('ul', { class: 'said-by' }, sayers(ids)))))),
    ));
}

function version(field, value) {
  if (field === 'date') return day(String(value));
  const bounds = /^\[(null|\d+),\s*(null|\d+)\]$/.exec(String(value));
  if (Array.isArray(value)) return count(value);
  return bounds ? count(bounds.slice(1).map((bound) => (bound === 'null' ? null : Number(bound)))) : String(value);
}

/** Return who gives a version: each outlet once, with those whom it cites. */
function sayers(ids) {
  const articles = new Map();
  for (const claim of ids.map((id) => records.claims.get(id)).filter((claim) => claim && scene.now.said.has(claim)).sort(byPublication)) {
    if (!articles.has(claim.article)) articles.set(claim.article, { claim, cited: new Set() });
    if (claim.attribution.length > 1) articles.get(claim.article).cited.add(speaker(claim));
  }
  return folded([...articles].map(([article, { claim, cited }]) => make('li', {},
    inside(subject({ article: article.id, claim: claim.claim_id }), {}, own(outlet(article))),
    cited.size ? make('span', { class: 'quiet' }, ' citing ', [...cited].slice(0, 3).map((name, i) => [i ? ', ' : '', own(name)]), cited.size > 3 ? ' and others' : '') : null)), 4, 'article');
}

/** Return the original speaker of a claim. */
function speaker(claim) {
  return claim.attribution[claim.attribution.length - 1].name || 'someone unnamed';
}

/** Return how claims were changed on their way from one article into another. */
function mutations(event) {
  const known = (event.mutations || []).filter(({ from_claim_id: from, to_claim_id: to }) => [from, to].every((id) => !records.claims.has(id) || scene.now.said.has(records.claims.get(id))));
  if (!known.length) return null;
  const pairs = new Map();
  for (const mutation of known) {
    const key = `${mutation.from_claim_id} ${mutation.to_claim_id}`;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(mutation);
  }
  return make('section', {},
    make('h3', {}, 'Changed in retelling'),
    make('ul', { class: 'mutations' }, folded([...pairs.values()].map((changes) => {
      const [from, to] = [changes[0].from_claim_id, changes[0].to_claim_id].map((id) => records.claims.get(id));
      return make('li', {},
        changes.map((change) => make('p', {}, make('b', {}, `${sentence(FIELDS[change.field] || change.field)}: `), own(inWords(change.from)), ' became ', own(inWords(change.to)))),
        from && to ? make('div', { class: 'pair' }, retold(from), retold(to)) : null);
    }), 2, 'change')));
}

/** Return a value of a record in the page's own words: "Stated" for "asserted". */
function inWords(value) {
  return STATUSES[value]?.name || value;
}

function retold(claim) {
  return make('div', {}, make('p', { class: 'source' }, own(outlet(claim.article)), ' · ', day(claim.article.published)),
    make('blockquote', { dir: 'auto' }, make('mark', {}, claim.article.text.slice(claim.start, claim.end))),
    inside(subject({ article: claim.article_id, claim: claim.claim_id }), {}, 'Read it in the article'));
}

/** Return the figures of all claims beside each other, when they are not all the same. */
function tolls(event) {
  const given = event.claims.filter((claim) => scene.now.said.has(claim)).filter((claim) => claim.killed || claim.wounded || claim.killed_or_wounded);
  if (new Set(given.map((claim) => figures(claim).join())).size < 2) return null;
  const differ = event.contradictions?.some(({ field }) => field === 'killed' || field === 'wounded');
  return make('details', { open: !differ },
    make('summary', {}, 'Figures side by side'),
    make('table', {},
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'Figure'), make('th', { scope: 'col' }, 'Outlet'), make('th', { scope: 'col' }, 'Speaker'))),
      make('tbody', {}, given.sort(byPublication).map((claim) => make('tr', {},
        make('td', {}, figures(claim).map((figure) => make('div', {}, own(figure)))),
        make('td', {}, inside(subject({ article: claim.article_id, claim: claim.claim_id }), {}, own(outlet(claim.article)))),
        make('td', {}, own(speaker(claim))))))));
}

/** Return what was said of a place day by day, by publication: one line for each claim. */
function dayByDay(claims) {
  const days = new Map();
  for (const claim of [...claims].sort(byPublication)) {
    const key = claim.article.published || '';
    if (!days.has(key)) days.set(key, new Map());
    const line = statement(claim);
    if (!days.get(key).has(line)) days.get(key).set(line, []);
    days.get(key).get(line).push(claim);
  }
  if (!days.size) return null;
  return make('details', { class: 'days', open: true },
    make('summary', {}, 'What was said, day by day'),
    make('dl', {}, [...days].map(([published, lines]) => [
      make('dt', {}, published ? `Published ${day(published)}` : 'Publication day unknown'),
      [...lines].map(([line, said]) => make('dd', {}, line, ' – ', cited(said))),
    ])));
}
