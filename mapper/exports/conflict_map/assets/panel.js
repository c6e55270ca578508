// Shows in words everything that the map shows in signs: the lists, a place, an event, an article.

const TABS = { places: 'Places', events: 'Events', articles: 'Articles', unplaced: 'Unplaced', about: 'About' };
const PAGE = 60;
/** Rows that are printed: what is longer belongs into a table. */
const PAPER = 5000;

/** View -> how many rows of its list have been asked for. */
const opened = new Map();

/** Show a subject: keep the filters, leave a step to go back to. */
function visit(chosen) {
  go({ ...Object.fromEntries(SUBJECTS.map((name) => [name, null])), ...chosen });
}

function drawPanel(now, last) {
  const kind = ['article', 'event', 'place', 'near'].find((name) => now[name] && known(name, now[name]));
  const moved = !last || [...SUBJECTS, 'tab'].some((name) => now[name] !== last[name]);
  const views = {
    article: () => articleView(records.articles.get(now.article)),
    event: () => eventView(records.events.get(now.event)),
    place: () => placeView(records.places.get(now.place)),
    near: () => nearView(eventsNear(now.near)),
  };
  byId('way').replaceChildren(...(kind ? wayBack() : tabs(now.tab)));
  byId('view').replaceChildren(...[views[kind] ? views[kind]() : list(now.tab)].flat(Infinity).filter(Boolean));
  byId('view').className = `view-${kind || now.tab}`;
  if (moved && last) arrive(kind, last);
  else if (!last) addEventListener('load', () => document.querySelector('#view .lit')?.scrollIntoView({ block: 'center' }));
}

function list(tab) {
  const name = tab in LISTS ? tab : 'places';
  return [name in TABS && name !== 'about' ? make('h2', { class: 'unseen' }, TABS[name]) : null, LISTS[name]()];
}

/** Return the events at some spots that pass the filters. */
function eventsNear(spots) {
  const here = new Set(spots.split(' ').flatMap((spot) => records.eventsAt.get(spot) || []));
  return scene.now.events.filter((event) => here.has(event));
}

function known(kind, id) {
  if (kind === 'near') return id.split(' ').some((spot) => records.eventsAt.has(spot));
  return { article: records.articles, event: records.events, place: records.places }[kind].has(id);
}

/** Move the reader to what has just been opened, or back to the row from which they came. */
function arrive(kind, last) {
  const lit = document.querySelector('#view .lit');
  const heading = document.querySelector('#view h2');
  const row = [...document.querySelectorAll('#view .row')].find(({ dataset }) => (dataset.event && dataset.event === last.event) || (dataset.place && dataset.place === last.place));
  byId('sheet').scrollTop = 0;
  if ((kind || state.tab === 'shown') && heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    unfold(true);
  } else if (row) row.focus();
  const place = returned();
  if (place !== null) byId('sheet').scrollTop = place;
  else if (lit) lit.scrollIntoView({ block: 'center' });
}

function wayBack() {
  return [
    make('button', { type: 'button', class: 'back', on: { click: back } }, '← Back'),
    inside(subject({}), { class: 'home' }, 'All places and events'),
  ];
}

function tabs(tab) {
  const { claims, names: refused } = unplaced();
  const counts = {
    places: [scene.now.control.size, many(scene.now.control.size, 'place')], events: [scene.now.events.length, many(scene.now.events.length, 'event')],
    articles: [records.articles.size, many(records.articles.size, 'article')],
    unplaced: [claims.length, `${many(claims.length, 'claim')}; besides, ${many(refused.length, 'name')} refused and ${many(records.rejected.length, 'input')} not read`],
  };
  return Object.entries(TABS).map(([name, label]) => inside(subject({ tab: name }), { class: 'tab', 'aria-current': name === tab ? 'page' : null },
    label, name in counts ? make('span', { class: 'count', title: counts[name][1] }, figure.format(counts[name][0])) : null));
}

/** Return rows, the first page of them at once and the rest when asked for. */
function longList(rows, row, attributes = { class: 'list' }) {
  let shownRows = Math.min(rows.length, byId('app').classList.contains('printing') ? PAPER : Math.max(PAGE, opened.get(fragment({})) || 0));
  const list = make('ul', attributes, rows.slice(0, shownRows).map(row));
  const more = rows.length > shownRows ? make('button', { type: 'button', class: 'more', on: { click: () => {
    list.append(...rows.slice(shownRows, shownRows + PAGE).map(row));
    shownRows += PAGE;
    opened.set(fragment({}), shownRows);
    more.hidden = shownRows >= rows.length;
  } } }, `Show more of ${rows.length}`) : null;
  return [list, more];
}

const LISTS = table({
  places() {
    const entries = [...scene.now.control].map(([unit, standing]) => ({ unit, standing, place: records.places.get(unit) }));
    const near = entries.filter(({ place }) => place && place.kind !== 'country');
    const wide = entries.filter(({ place }) => !place || place.kind === 'country');
    near.sort((a, b) => before(a.place.admin1 || '', b.place.admin1 || '') || before(a.place.name, b.place.name));
    return [
      make('p', { class: 'lead' }, 'Who is said to hold what, and who says so. Every entry is a claim, not a fact: open it to read the sources in their own words.'),
      !near.length ? make('p', { class: 'none' }, 'No place has a claim about control under these filters.') : null,
      longList(near, placeRow),
      wide.length ? [make('h3', {}, 'Wider areas, not drawn'), longList(wide, placeRow)] : null,
    ];
  },

  events() {
    const hidden = [...records.events.values()].filter((event) => event.only_by_mutation).length;
    return [
      make('p', { class: 'lead' }, 'What is said to have happened, latest first. One event may rest on many reports of one statement.'),
      !scene.now.events.length ? make('p', { class: 'none' }, 'No event passes these filters.') : null,
      longList(scene.now.events, eventRow),
      hidden ? make('label', { class: 'switch' },
        make('input', { type: 'checkbox', checked: state.mutated, on: { change: (event) => adjust({ mutated: event.target.checked }) } }),
        ` Also show ${many(hidden, 'event')} that exist only because a claim was changed in retelling`) : null,
    ];
  },

  /** What lies in the part of the map that is seen: the same for those who do not see it. */
  shown() {
    const [units, events] = inSight();
    return [
      make('h2', { tabindex: '-1' }, 'On the map here'),
      make('p', { class: 'lead' }, 'What lies in the part of the map that is shown now. Move or zoom the map, and this list follows.'),
      make('h3', {}, `Who is said to hold what (${many(units.length, 'place')})`),
      longList(units.map(([unit, standing]) => ({ unit, standing, place: records.places.get(unit) })), placeRow),
      make('h3', {}, `Marks (${many(events.length, 'event')})`),
      longList(events, eventRow),
    ];
  },

  articles() {
    const articles = [...records.articles.values()].sort((a, b) => before(b.published || '', a.published || '') || before(a.id, b.id));
    return [
      make('p', { class: 'lead' }, 'What was read. Open an article to see every claim marked in its text.'),
      longList(articles, (article) => make('li', {}, inside(subject({ article: article.id }), { class: 'row' },
        make('span', { class: 'what' }, make('b', {}, own(title(article))),
          make('small', {}, own(outlet(article)), ' · ', day(article.published), ' · ', many(article.claims.length, 'claim')))))),
    ];
  },

  unplaced() {
    const { claims, names: refused } = unplaced();
    return [
      make('p', { class: 'lead' }, 'What is not on the map, and why. To refuse a guess is a result too.'),
      make('h3', {}, `Inputs that were not read (${records.rejected.length})`),
      records.rejected.length ? longList(records.rejected, (input) => make('li', { class: 'plain' }, make('code', {}, own(input.path)), ' – ', own(input.rejected)))
        : make('p', { class: 'none' }, 'Every input was read.'),
      make('h3', {}, `Claims without a place on the map (${claims.length})`),
      longList(claims, (claim) => make('li', { class: 'plain' }, make('p', {}, own(statement(claim))), quotation(claim),
        make('p', { class: 'steps' }, inside(subject({ article: claim.article_id, claim: claim.claim_id }), {}, own(outlet(claim.article)))))),
      make('h3', {}, `Place names that were refused (${records.refused.length})`),
      longList(refused, ([, group]) => make('li', { class: 'plain' }, make('b', {}, own(group[0].text)), group.length > 1 ? ` (${group.length} times)` : '', ' – ', own(group[0].refused),
        rivals(group[0]), (group[0].evidence || []).map((reason) => make('span', { class: 'fine reason' }, own(reason.note || reason.name))), make('span', { class: 'quiet' }, ' in ',
          [...new Set(group.map((toponym) => toponym.article_id))].map((id, i) => [i ? ', ' : '', inside(subject({ article: id }), {}, own(outlet(records.articles.get(id))))])))),
    ];
  },

  about: () => aboutView(),
});

function rivals(toponym) {
  const found = (toponym.rivals || []).map((rival) => (Array.isArray(rival) ? rival[1] || rival[0] : rival.name || rival.place_id)).filter(Boolean);
  return found.length ? make('span', { class: 'quiet' }, ' Might have been: ', found.slice(0, 4).map((name, i) => [i ? ', ' : '', own(name)]), '.') : null;
}

/** Return what has no place: claims (with their filters) and refused names, alike names together. */
function unplaced() {
  return { claims: records.placeless.filter((claim) => scene.now.claims.has(claim)), names: records.refused };
}

function placeRow({ unit, standing, place }) {
  const name = place?.name || standing.entry.name;
  return make('li', {}, inside(subject({ place: unit }), { class: 'row', 'data-place': unit },
    swatch(standing),
    make('span', { class: 'what' },
      make('b', {}, own(name), ' ', native(place?.native)),
      make('small', {}, place && place.kind === 'district' ? `${place.admin1} · ` : '', own(headline(standing))))));
}

function eventRow(event) {
  const { look } = event;
  return make('li', {}, inside(subject({ event: event.event_id }), { class: `row ${event.only_by_mutation ? 'mutated' : ''}`, 'data-event': event.event_id },
    glyph(event.event_type, event.only_by_mutation ? 'mutated' : look, 20),
    make('span', { class: 'what' },
      make('b', {}, event.sub_event_type, ' · ', own(event.at)),
      make('small', {}, about(event.event_date, event.time_precision), event.sides.map((side, i) => [i ? ' – ' : ' · ', own(side)])),
      make('small', {}, whole(event) ? `${toll(event)} · ` : '', originsSaid(originsOf(event, scene.now.said)),
        event.contradictions?.length && whole(event) ? make('span', { class: 'tag warn' }, 'sources differ') : null,
        event.only_by_mutation ? make('span', { class: 'tag warn' }, 'only by retelling') : null))));
}

function nearView(events) {
  const named = [...new Set(events.map((event) => event.at))];
  return [
    make('h2', {}, own(named.slice(0, 3).join(', ')), named.length > 3 ? ` and ${named.length - 3} more places` : ''),
    make('p', { class: 'fine' }, `${many(events.length, 'event')} under one mark.`),
    longList(events, eventRow),
  ];
}

function placeView(place) {
  const unit = records.places.get(place.unit) || place;
  const standing = scene.now.control.get(unit.place_id);
  const entry = records.control.get(unit.place_id);
  const claims = (records.claimsIn.get(unit.place_id) || []).filter((claim) => scene.now.claims.has(claim));
  const events = scene.now.events.filter((event) => event.unit === unit.place_id);
  const about = claims.filter((claim) => claim.control !== 'none' && claim.status !== 'past');
  const rest = claims.filter((claim) => !about.includes(claim));
  return [
    make('h2', {}, own(unit.name), ' ', native(unit.native)),
    make('p', { class: 'fine' }, `${whereabouts(unit)} · P-code ${unit.place_id}${unit.inferred ? ' · position inferred' : ''}`),
    state.name ? make('p', { class: 'fine' }, 'You looked for “', own(state.name), `”, a name of ${place === unit ? 'this ' + unit.kind : place.name}.`) : null,
    place !== unit || place.covers ? make('p', { class: 'note' }, make('b', {}, own(place.name)), ` ${belonging(place, unit)}`) : null,
    standing ? standingBox(standing) : make('p', { class: 'note' }, entry ? 'No claim about who holds it passes the filters.' : 'Nobody is said to hold or to have taken it in these articles.'),
    standing?.periods.length > 1 ? overTime(standing.periods) : null,
    dayByDay(about),
    events.length ? [make('h3', {}, `Events here (${events.length})`), longList(events, eventRow)] : null,
    about.length ? [make('h3', { class: 'big' }, 'Who says so'), make('p', { class: 'fine' }, sumUp(about)), originCards(about, state.claim)] : null,
    rest.length ? make('details', { open: !about.length || rest.some((claim) => claim.claim_id === state.claim) },
      make('summary', {}, `Other claims here (${rest.length})`), originCards(rest, state.claim)) : null,
    within(unit), around(unit),
  ];
}

/** Return how many speakers stand behind how many reports. */
function sumUp(claims) {
  const articles = new Set(claims.map((claim) => claim.article_id)).size;
  return `${many(claims.length, 'claim')} in ${many(articles, 'article')} ${claims.length === 1 ? 'goes' : 'go'} back to ${originsSaid(independent(claims))}.`;
}

function standingBox(standing) {
  const { entry, status, holder, origins, reckoned, since, asOf, why } = standing;
  const words = standingWords(standing);
  return make('section', { class: 'standing' },
    swatch(standing),
    make('div', {},
      make('p', { class: 'verdict' }, make('b', {}, words.name), holder ? [': last said to be held by ', make('b', {}, own(holder))] : ': nobody is said to hold it'),
      make('p', { class: 'fine' }, words.means),
      make('p', { class: 'fine' }, [holder ? `${originsSaid(origins)} for it` : null, since ? `since ${day(since)}` : null, asOf ? `as of ${day(asOf)}` : null].filter(Boolean).join(' · ')),
      bySpeakers(standing),
      why?.length ? make('p', { class: 'fine' }, 'Why: ', own(spelled(why.map((reason) => reason.note).filter(Boolean).join('; ')))) : null,
      reckoned ? make('p', { class: 'note' }, 'Reckoned by the rules of the ledger from the claims alone that the filters and clocks let pass. Which of them tell of one event, what a denial denies and who repeats whom is as all articles together show it; an article without a date counts as printed last. ',
        state.by ? 'What was printed later is left out.' : ['All claims together: ', make('b', {}, standingWords({ status: entry.status, origins: entry.independent_origins }).name), entry.holder ? [' for ', own(entry.holder)] : '', '.']) : null));
}

/** Return who says that the holder holds it, who denies it, who says otherwise, each leading to the sentence. */
function bySpeakers({ claims, holder }) {
  const groups = { say: new Map(), deny: new Map(), other: new Map() };
  for (const claim of [...(claims || [])].sort(byPublication)) {
    if (!claim.origin?.independent || claim.status === 'planned') continue;
    const group = groups[claim.status === 'denied' ? 'deny' : holder && holderOf(claim) === holder ? 'say' : 'other'];
    if (!group.has(originOf(claim))) group.set(originOf(claim), claim);
  }
  const line = (verb, group) => (group.size ? make('p', { class: 'who' }, [...group].slice(0, 4).map(([name, claim], i) => [
    i ? ', ' : '', inside(subject({ article: claim.article_id, claim: claim.claim_id }), {}, own(name))]),
  group.size > 4 ? ` and ${group.size - 4} more` : '', ` ${group.size === 1 ? verb[0] : verb[1]}`) : null);
  return [
    line(['says so.', 'say so.'], groups.say), line(['denies what is claimed.', 'deny what is claimed.'], groups.deny),
    line(['says something else of it.', 'say something else of it.'], groups.other),
  ];
}

/** Return words with every ISO day in them written out. */
function spelled(words) {
  return words.replace(/\b\d{4}-\d\d-\d\d\b/g, day);
}

function overTime(periods) {
  return make('section', {}, make('h3', {}, 'Over time'), make('table', {},
    make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'From'), make('th', { scope: 'col' }, 'To'), make('th', { scope: 'col' }, 'Said to be held by'), make('th', { scope: 'col' }, 'Standing'))),
    make('tbody', {}, periods.map((period) => make('tr', {},
      make('td', {}, period.from ? day(period.from) : 'unknown'), make('td', {}, period.to ? day(period.to) : 'open'),
      make('td', {}, own(period.holder || 'nobody named')), make('td', {}, STANDINGS[period.status]?.name || period.status, ' – ', cited(period.claims)))))));
}

/** Return the districts with claims that lie inside a province. */
function within(unit) {
  if (unit.kind !== 'province') return null;
  const entries = [...scene.now.control].map(([id, standing]) => ({ unit: id, standing, place: records.places.get(id) }))
    .filter(({ place }) => place?.kind === 'district' && place.admin1_pcode === unit.place_id);
  return entries.length ? [make('h3', {}, 'Districts with claims'), longList(entries, placeRow)] : null;
}

/** Return how the province around a district stands, where something is said of it as a whole. */
function around(unit) {
  const standing = unit.kind === 'district' && scene.now.control.get(unit.admin1_pcode);
  if (!standing) return null;
  return [make('h3', {}, 'Said of the whole province'), longList([{ unit: unit.admin1_pcode, standing, place: records.places.get(unit.admin1_pcode) }], placeRow)];
}

function eventView(event) {
  const { look, text } = precision(event);
  const claims = event.claims.filter((claim) => scene.now.said.has(claim));
  const against = event.against.filter((claim) => scene.now.said.has(claim));
  const hidden = event.claims.length + event.against.length - claims.length - against.length;
  const place = records.places.get(event.unit);
  return [
    make('p', { class: 'kicker' }, glyph(event.event_type, event.only_by_mutation ? 'mutated' : look, 18), event.event_type),
    make('h2', {}, event.sub_event_type, ': ', own(event.at)),
    event.only_by_mutation ? make('p', { class: 'note warn' }, 'No source says that this happened. It appears only because a claim was changed on its way into an article.') : null,
    make('dl', { class: 'facts' }, facts(event, place, look, text)),
    contradictions(event), tolls(event), mutations(event),
    make('h3', { class: 'big' }, 'Who says so'),
    make('p', { class: 'fine' }, sumUp(claims), hidden ? ` ${many(hidden, 'claim')} kept back by the filters and clocks.` : ''),
    originCards(claims, state.claim),
    opposed('Who denies it', against.filter((claim) => claim.status === 'denied')),
    opposed('Who tells it otherwise', against.filter((claim) => claim.status !== 'denied')),
    coding(event),
  ];
}

function opposed(heading, claims) {
  return claims.length ? [make('h3', { class: 'big' }, heading), originCards(claims, state.claim)] : null;
}

function facts(event, place, look, text) {
  const told = event.claims.filter((claim) => scene.now.said.has(claim));
  const all = whole(event);
  const denied = event.against.some((claim) => claim.status === 'denied' && scene.now.said.has(claim));
  const rows = {
    When: about(event.event_date, event.time_precision),
    Where: [place ? inside(subject({ place: place.place_id }), {}, own(place.name), place.kind === 'district' ? `, ${place.admin1}` : '') : own(event.at),
      make('span', { class: `fine precision ${look}` }, text)],
    Who: [event.sides.length ? event.sides.map((side, i) => [i ? ' – ' : '', own(side)]) : 'unknown',
      event.actor1 && event.actor1 !== event.sides[0] ? make('span', { class: 'fine' }, 'ACLED’s name: ', own([event.actor1, event.actor2].filter(Boolean).join(' – '))) : null],
    Dead: [own(all ? toll(event) : [...new Set(told.flatMap(figures))].join('; ') || 'none stated'), make('span', { class: 'fine' }, all ? 'lowest to highest of what the sources say' : 'as these claims put it')],
    'How sure': [make('b', {}, denied ? 'Disputed' : STATUSES[event.status]?.name || event.status),
      make('span', { class: 'fine' }, denied ? 'stated by some, denied by others' : STATUSES[event.status]?.says || '')],
    Origins: [sentence(originsSaid(originsOf(event, scene.now.said))), originsOf(event, scene.now.said) ? null : make('span', { class: 'fine' }, 'hearsay, what an outlet recalls or sums up of others, or what came with a copied or rewritten article'), make('span', { class: 'fine' }, `${many(told.length, 'claim')} in ${many(new Set(told.map((claim) => claim.article_id)).size, 'article')}`)],
    Confidence: all ? [make('b', {}, event.confidence || '–'), make('span', { class: 'fine' }, grade(event.confidence), event.confidence_reason ? [' ', own(spelled(event.confidence_reason)), '.'] : '')]
      : make('span', { class: 'fine' }, 'Graded on all that was read, which the filters and clocks keep back.'),
  };
  if (event.provisional && all) rows.Provisional = own(spelled(event.provisional));
  return Object.entries(rows).map(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]);
}

function grade(pair) {
  if (!pair || pair.length !== 2) return '';
  return `Source ${ADMIRALTY[pair[0]] || '?'}; item ${ADMIRALTY[pair[1]] || '?'}.`;
}

function coding(event) {
  return make('details', { class: 'coding' }, make('summary', {}, 'How it was coded'),
    make('p', { class: 'fine' }, 'The rules which decided its cells:'),
    make('ul', {}, (event.rules || []).map((rule) => {
      const [says, source] = records.rules[rule] || ['', ''];
      return make('li', {}, says, make('span', { class: 'fine' }, make('code', {}, rule), source ? ` · ${source}` : ''));
    })),
    make('p', { class: 'fine' }, 'Event id ', make('code', {}, event.event_id)));
}

function aboutView() {
  const define = (entries) => make('dl', { class: 'words' }, entries.map(([name, means, from]) => [make('dt', {}, name), make('dd', {}, means, from ? make('span', { class: 'fine' }, from) : null)]));
  return [
    make('h2', {}, 'How to read this map'),
    make('p', {}, `It shows what ${many(records.articles.size, 'article')} say, published ${span(...records.published) || 'on unknown days'}${records.undated ? ` (${records.undated} without a date)` : ''}, about events of ${span(...records.days) || 'unknown days'}. Nothing was added and nothing settled: where sources differ, both versions stand. It knows nothing that is not in these articles.`),
    make('p', {}, tiled(scene.map) ? 'A background map is shown: its server sees who looks at which area. Nothing else is contacted.'
      : `It contacts nobody${byId('background') ? ' unless you turn on the background map' : ''}. Links to sources open only when you choose them, and do not say where you come from.`),
    make('h3', {}, 'Who holds a place'), define([UNSOURCED, ...Object.values(STANDINGS)].map(({ name, means, from }) => [name, means, from])),
    make('h3', {}, 'How a claim stands'), define(Object.values(STATUSES).map(({ name, says }) => [name, sentence(says)])),
    make('h3', {}, 'Independent origin'), make('p', {}, 'One speaker, however many outlets repeat them. Four articles that pass on one message are one origin. An outlet’s own summary and background add none.'),
    make('h3', {}, 'Events'), make('p', {}, 'Types, sub-types and the reading of numbers follow the ACLED codebook. The records are our own and not ACLED’s data. The lowest figure is the one that counts as fatalities; the range is shown.'),
    make('h3', {}, 'Confidence'), make('p', {}, 'A pair such as C3 in the Admiralty system: the letter grades the source, the number the item.'),
    define('ABCDEF123456'.split('').map((sign) => [sign, ADMIRALTY[sign]])),
    make('h3', {}, 'What this map must not be used for'),
    make('p', {}, 'Boundaries, names and designations shown do not imply endorsement or acceptance. Claims are not truth. A mark on a district is no position. Do not use this page for targeting, for decisions about individuals, or as the only ground for moving people.'),
    make('h3', {}, 'Credits'),
    make('ul', {}, records.credits.map((credit) => make('li', {}, own([credit.source, credit.licence, credit.used_for].filter(Boolean).join(' · ')), credit.citation ? make('span', { class: 'fine' }, own(credit.citation)) : null)),
      make('li', {}, 'Leaflet · BSD 2-Clause · the map', make('span', { class: 'fine' }, '© 2010–2022 Volodymyr Agafonkin, © 2010–2011 CloudMade; its licence stands at the end of this file'))),
  ];
}

/** Return what a place is to the unit in which it is counted. */
function belonging(place, unit) {
  if (!place.covers) return `is a ${place.kind} in ${unit.name}. A claim about a place inside a district counts for the district, so this page shows all of them.`;
  const names = place.covers.map((id) => records.places.get(id).name);
  const counted = place === unit ? 'It has no code of its own.' : `A claim about it counts for ${unit.name}, whose code it takes.`;
  return `is a ${place.kind} that extends over ${names.join(', ')}, outlined on the map. ${counted}`;
}
