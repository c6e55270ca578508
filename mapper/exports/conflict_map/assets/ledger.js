// Reckons who is said to hold a place from the claims that pass, by the rules of the ledger (mapper/events/control.py).

const LATEST = '9999-12-31';
const LIVE = ['asserted', 'ongoing', 'unconfirmed'];
const TAKINGS = ['Non-state actor overtakes territory', 'Government regains territory', 'Non-violent transfer of territory'];
const CLASH = 'Armed clash';
/** What kinds of places are not the unit that they lie in: who takes an airport has not taken the district. */
const PARTS = ['facility', 'road', 'river'];

const sideOf = (name) => (name && records.sides.get(name)) || null;
const voiceOf = (claim) => claim.origin?.speaker_id || claim.origin_id;
const deskOf = (claim) => `${claim.article_id} ${voiceOf(claim)}`;
const isLive = (claim) => LIVE.includes(claim.status);
const changesHands = (claim) => claim.control === 'gained' || claim.control === 'lost';

/** Return the district in which something lies, else the province, else the place itself. */
function unitOf(row) {
  return row.admin2_pcode || row.admin1_pcode || row.place_id;
}

/** Return how many independent speakers stand behind claims. */
function independent(claims) {
  return new Set(claims.filter((claim) => claim.origin?.independent).map(voiceOf)).size;
}

/** Return the day that a statement is of; one without a day speaks of the day on which it was printed. */
function dayOf(claim) {
  return claim.event_date || claim.article.published || '';
}

/** Return the day on which a denial was made, as far as it is known. */
function saidOn(claim) {
  return claim.attribution[claim.attribution.length - 1]?.date || claim.article.published || claim.event_date || '';
}

/** Tell whether a claim is of an event that makes a place change hands. */
function isTaking(claim) {
  return !['planned', 'past'].includes(claim.status) && (changesHands(claim) || TAKINGS.includes(claim.sub_event_type));
}

/** Put claims into the order in which they were printed, within an article what is surest first. */
function byPrinting(a, b) {
  const surest = (claim) => (claim.event_date ? claim.time_precision || 1 : 9);
  const rank = (claim) => (isTaking(claim) ? 0 : claim.event_type === 'Battles' ? 1 : 2);
  return before(a.article.published || LATEST, b.article.published || LATEST) || before(a.article_id, b.article_id)
    || surest(a) - surest(b) || rank(a) - rank(b) || a.start - b.start || a.end - b.end || before(a.claim_id, b.claim_id);
}

/** Return the value that most independent speakers give, then most claims, then the first printed: pairs of a value and its claim. */
function mostGiven(pairs) {
  const votes = new Map();
  for (const [value, claim] of pairs) {
    if (!votes.has(value)) votes.set(value, { voices: new Set(), claims: 0 });
    if (claim.origin?.independent) votes.get(value).voices.add(voiceOf(claim));
    votes.get(value).claims += 1;
  }
  let best = null;
  for (const [value, { voices, claims }] of votes) {
    if (!best || voices.size > best.voices || (voices.size === best.voices && claims > best.claims)) best = { value, voices: voices.size, claims };
  }
  return best?.value ?? null;
}

/** Return the claims of an event that a later claim was changed into on its way from one article into another. */
function movedIn(event) {
  event.moved ||= new Set((event.mutations || []).filter(({ field }) => field === 'control' || field === 'place').map(({ to_claim_id: id }) => id));
  return event.moved;
}

/** Return what is known of an event from the claims that pass: {whole, told, facts, denials}, null if none does; what a denier says instead is no fact. */
function caseOf(event, said) {
  const passes = (claim) => said.has(claim);
  if (event.claims.every(passes) && event.against.every(passes)) return (event.case ||= sortedOut(event, said, true));
  return event.claims.some(passes) || event.against.some(passes) ? sortedOut(event, said, false) : null;
}

/** Return the claims of an event that pass, those for it and those against it; `all` tells whether all of them pass. */
function sortedOut(event, said, all) {
  const no = (event.contradictions || []).find(({ field }) => field === 'occurred')?.values.find(({ value }) => value === 'no');
  const against = (no?.claim_ids || []).map((id) => records.claims.get(id)).filter((claim) => claim && said.has(claim));
  const denials = against.filter((claim) => claim.status === 'denied');
  const told = [...event.claims.filter((claim) => said.has(claim)), ...against.filter((claim) => claim.status !== 'denied')].sort(byPrinting);
  const deniers = new Set(denials.map(deskOf));
  const rivals = told.filter((claim) => deniers.has(deskOf(claim)));
  const apart = rivals.length > 0 && rivals.length < told.length;
  const facts = apart ? told.filter((claim) => !rivals.includes(claim)) : told;
  return { whole: all, told, facts, denials };
}

/** Tell whether all that supports an event came about in rewriting. */
function isDistorted(event, { whole: all, facts }) {
  if (all) return event.only_by_mutation;
  const placed = facts.filter((claim) => unitOf(claim) === event.unit);
  const moved = movedIn(event);
  const articles = new Set(placed.filter((claim) => moved.has(claim.claim_id)).map((claim) => claim.article_id));
  return articles.size > 0 && placed.every((claim) => moved.has(claim.claim_id) || (articles.has(claim.article_id) && !claim.origin?.independent));
}

/** Return what kind of event the claims that pass make: a taking, a clash, or nothing that the ledger asks of. */
function kindOf(event, { whole: all, told }) {
  const own = told.filter((claim) => unitOf(claim) === event.unit);
  const taking = all ? TAKINGS.includes(event.sub_event_type) : own.some(isTaking);
  if (taking) return 'taking';
  return (all ? event.sub_event_type === CLASH : own.some((claim) => claim.sub_event_type === CLASH && claim.status !== 'planned' && claim.status !== 'past')) ? 'clash' : null;
}

/** Return the day of an event that most independent speakers give; where none states the very day, the earliest. */
function dateOf(event, { whole: all, facts }) {
  if (all) return event.event_date;
  const placed = facts.filter((claim) => claim.event_date && unitOf(claim) === event.unit);
  const dated = placed.filter((claim) => (claim.time_precision || 1) === 1);
  return mostGiven(dated.map((claim) => [claim.event_date, claim])) || placed.map((claim) => claim.event_date).sort()[0] || null;
}

/** Return who took a place by an event, as most independent speakers name him; who is nobody known only when nobody else is named. */
function takerNamed(event, { whole: all, facts }) {
  if (all) return event.actor1_normalised;
  const taken = facts.filter((claim) => changesHands(claim) && (sideOf(claim.actor) || sideOf(claim.target)));
  const gained = (taken.length ? taken : facts).filter((claim) => claim.control !== 'lost').map((claim) => [claim.actor, claim]);
  const lost = (taken.length ? taken : facts).filter((claim) => claim.control === 'lost').map((claim) => [claim.target, claim]);
  const names = [...gained, ...lost].filter(([name]) => name);
  const known = names.filter(([name]) => sideOf(name));
  return mostGiven(known.length ? known : names);
}

/** Return all that the claims which pass say of one unit, each list by day: changes of hands, holds, parts, fights, clashes, denials. */
function fileOf(entry, said) {
  const cases = entry.events.map((event) => ({ event, known: caseOf(event, said) })).filter(({ known }) => known?.facts.length);
  for (const one of cases) one.distorted = isDistorted(one.event, one.known);
  const distorted = new Set(cases.filter((one) => one.distorted).flatMap(({ known }) => known.facts));
  const counts = (claim) => unitOf(claim) === entry.unit && !PARTS.includes(records.places.get(claim.place_id)?.kind) && !distorted.has(claim);
  const facts = entry.claims.filter((claim) => said.has(claim) && !distorted.has(claim));
  const file = { changes: [], clashes: [], denials: facts.filter((claim) => claim.status === 'denied') };
  for (const { event, known, distorted: no } of cases) {
    const kind = no ? null : kindOf(event, known);
    if (kind === 'taking') file.changes.push(...changeOf(event, known, counts));
    const day = kind === 'clash' && dateOf(event, known);
    if (day) file.clashes.push(...known.facts.filter(counts).map((claim) => ({ day, claim })));
  }
  const live = facts.filter(isLive).map((claim) => ({ day: dayOf(claim), holder: sideOf(claim.actor), name: claim.actor, claim }));
  file.holds = live.filter(({ claim }) => claim.control === 'held' && !claim.part);
  file.parts = live.filter(({ claim }) => (claim.control === 'held' || claim.control === 'gained') && claim.part);
  file.fights = live.filter(({ claim }) => claim.control === 'contested');
  for (const list of [file.holds, file.parts, file.fights, file.clashes]) list.sort((a, b) => before(a.day, b.day) || before(a.claim.claim_id, b.claim.claim_id));
  file.changes.sort((a, b) => before(a.day, b.day) || before(a.facts[0].claim_id, b.facts[0].claim_id));
  return file;
}

/** Return the change of hands that a taking is: none when nobody dates it, or only a part was taken. */
function changeOf(event, known, counts) {
  const facts = known.facts.filter((claim) => counts(claim) && changesHands(claim) && !claim.part).sort((a, b) => before(a.claim_id, b.claim_id));
  const day = dateOf(event, known) || facts.map((claim) => claim.article.published).filter(Boolean).sort()[0];
  if (!facts.length || !day) return [];
  const name = takerNamed(event, known);
  return [{ day, holder: sideOf(name), name, facts, denials: known.denials.filter(counts) }];
}

/** Return every day on which what may be said of a unit may change. */
function daysOf({ changes, holds, parts, fights, clashes, denials }) {
  const first = [...changes, ...holds].map(({ day }) => day).sort()[0];
  const days = [...changes, ...holds, ...parts, ...fights].map(({ day }) => day);
  if (first !== undefined) days.push(...clashes.map(({ day }) => day).filter((day) => day > first));
  return [...new Set([...days, ...denials.map(saidOn)])].filter(Boolean).sort();
}

/** Return what was known of a unit by a day: the changes until then, what is said against the last, and who says that the holder holds it. */
function viewOf(file, day) {
  const changes = file.changes.filter((change) => change.day <= day);
  const latest = changes[changes.length - 1] || null;
  const denials = (latest ? latest.denials : file.denials).filter((claim) => saidOn(claim) <= day);
  const holds = holdsOf(file, latest, denials, day);
  const { holder, name } = holds[holds.length - 1] || latest || { holder: null, name: null };
  const held = holds.length ? holds[holds.length - 1].day : '';
  const since = [held, latest?.day || ''].sort()[1];
  const said = [...(latest ? latest.facts.map((claim) => ({ holder: latest.holder, claim })) : []), ...holds];
  const fights = [...file.fights, ...(latest || holds.length ? file.clashes : [])]
    .filter(({ day: when }) => (latest?.day || '') < when && when <= day && when >= held);
  return {
    changes, latest, denials, name,
    supporters: said.filter((one) => one.holder === holder).map(({ claim }) => claim),
    rivals: said.filter((one) => one.holder !== holder).map(({ claim }) => claim),
    fights: fights.map(({ claim }) => claim),
    parts: file.parts.filter((part) => since <= part.day && part.day <= day && part.holder !== holder).map(({ claim }) => claim),
  };
}

/** Return the statements of hold since the latest change; what its denier says instead is no last word where more origins stand behind the change. */
function holdsOf(file, latest, denials, day) {
  const holds = file.holds.filter((hold) => (latest?.day || '') <= hold.day && hold.day <= day);
  if (!latest) return holds;
  const against = holds.filter(({ holder }) => holder !== latest.holder).map(({ claim }) => claim);
  if (independent(latest.facts) <= independent(against)) return holds;
  const deniers = new Set(denials.map(deskOf));
  return holds.filter(({ claim }) => !deniers.has(deskOf(claim)));
}

/** The standings in the order in which they are tried; each says why it fits, or null. */
const FITS = {
  reversed({ changes, latest, denials, rivals, parts }) {
    if (!latest || denials.length || rivals.length || parts.length) return null;
    const undone = changes.slice(0, -1).some(({ holder }) => holder && holder !== latest.holder);
    return undone ? `taken back by ${latest.name} on ${latest.day}, which nobody denies` : null;
  },
  contested({ denials, rivals, parts, fights, name }) {
    if (denials.length) return 'denied';
    if (rivals.length) return 'another side is said to hold it';
    if (parts.length && name) return 'another side is said to hold a part of it';
    return fights.length ? 'fought over' : null;
  },
  confirmed: ({ supporters }, admissions) => (supporters.some(({ claim_id: id }) => admissions.has(id)) ? 'admitted by the side that lost it' : null),
  corroborated: ({ supporters }) => (independent(supporters) > 1 ? `said by ${independent(supporters)} independent origins` : null),
  claimed({ supporters }) {
    if (!supporters.length) return null;
    return independent(supporters) ? 'said by one origin' : 'said by nobody who counts as an origin of his own';
  },
};

/** Return what may be said of a unit from what was known by a day: the first standing that fits. */
function stateOn(file, day, admissions) {
  const view = viewOf(file, day);
  for (const [status, fits] of Object.entries(FITS)) {
    const note = fits(view, admissions);
    if (note) {
      const against = status === 'contested' ? [...view.denials, ...view.rivals, ...view.parts, ...view.fights] : [];
      return { day, status, holder: view.name, origins: independent(view.supporters), claims: [...new Set([...view.supporters, ...against])], note };
    }
  }
  const note = view.parts.length ? 'only parts of it are said to be held' : 'nobody says who holds it now';
  return { day, status: 'unknown', holder: null, origins: 0, claims: view.parts, note };
}

/** Join the days on which the same may be said. */
function periodsOf(states) {
  const periods = [];
  for (const { day, status, holder, claims } of states) {
    const last = periods[periods.length - 1];
    if (last && last.status === status && last.holder === holder) {
      last.claims = [...new Set([...last.claims, ...claims])];
      continue;
    }
    if (last) last.to = new Date(Date.parse(`${day}T00:00:00Z`) - 86400000).toISOString().slice(0, 10);
    periods.push({ from: day, to: null, status, holder, claims });
  }
  return periods;
}

/** Return how a place stands by the claims that pass, up to a day if there is one; null when nothing was said by then. */
function reckon(entry, said, until) {
  const file = fileOf(entry, said);
  const days = daysOf(file);
  const known = until ? days.filter((day) => day <= until) : days;
  if (days.length && !known.length) return null;
  const states = (known.length ? known : [null]).map((day) => ({ ...stateOn(file, day || LATEST, entry.admissions), day }));
  const periods = periodsOf(states);
  const last = states[states.length - 1];
  const other = periods.findLastIndex(({ holder }) => holder !== last.holder);
  return {
    status: last.status, holder: last.holder, origins: last.origins, since: periods[other + 1]?.from ?? last.day, asOf: last.day,
    why: [{ note: last.note }], claims: periods[periods.length - 1].claims, periods,
  };
}
