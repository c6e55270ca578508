// Turns the filters and clocks into what is shown: claims, events, and who is claimed to hold each place.

const actorsOf = (row) => [row.actor, row.target].filter(Boolean);

/** The filters of which several values may be chosen, and what each looks at. None chosen means all pass. */
const FACETS = {
  source: { name: 'Source', of: 'claims', values: (claim) => [outlet(claim.article)] },
  origin: { name: 'Who says so', of: 'claims', values: (claim) => [originOf(claim)] },
  actor: { name: 'Actor', of: 'claims', values: actorsOf },
  status: { name: 'Status', of: 'claims', values: (claim) => [claim.status], label: (value) => STATUSES[value]?.name || value },
  type: { name: 'Kind of event', of: 'events', values: (event) => [event.event_type] },
};

/** Return whose utterance stands behind a claim. */
function originOf(claim) {
  return claim.origin?.speaker || 'Nobody named';
}

const CLAIM_FACETS = Object.keys(FACETS).filter((name) => FACETS[name].of === 'claims');
const EVENT_FACETS = Object.keys(FACETS).filter((name) => FACETS[name].of === 'events');

const facetColumns = new Map();

/** Return the values of a facet with their numbers, and by row the numbers of those that it sees there; worked out once. */
function columnOf(name) {
  if (!facetColumns.has(name)) {
    const numbers = new Map();
    const numbered = (value) => numbers.get(value) ?? numbers.set(value, numbers.size).get(value);
    const rows = [];
    for (const row of records[FACETS[name].of].values()) rows[row.number] = [...new Set(FACETS[name].values(row))].map(numbered);
    facetColumns.set(name, { name, numbers, rows });
  }
  return facetColumns.get(name);
}

/** Lets rows pass by some facets, and counts for each facet those of which every other one lets them pass. */
class Sieve {
  constructor(facets, chosen, counted) {
    this.facets = facets.filter((name) => counted || chosen[name].length).map((name) => {
      const column = columnOf(name);
      const wanted = chosen[name].length ? new Uint8Array(column.numbers.size) : null;
      for (const value of chosen[name]) if (column.numbers.has(value)) wanted[column.numbers.get(value)] = 1;
      return { ...column, wanted, counts: new Uint32Array(column.numbers.size) };
    });
  }

  /** Tell whether a row passes; count it, if it is to be counted. */
  pass(row, counted) {
    let failed = null;
    for (const facet of this.facets) {
      if (!facet.wanted || facet.rows[row.number].some((number) => facet.wanted[number])) continue;
      if (failed || !counted) return false;
      failed = facet;
    }
    if (counted) for (const { rows, counts } of failed ? [failed] : this.facets) for (const number of rows[row.number]) counts[number] += 1;
    return !failed;
  }

  /** Return for each facet how many rows were counted for each of its values. */
  counted() {
    return this.facets.map(({ name, numbers, counts }) => [name, new Map([...numbers].map(([value, number]) => [value, counts[number]]))]);
  }
}

/** The claims that pass: a set, as an array of bits by the number of their row. */
class Passing {
  constructor() {
    this.bits = new Uint8Array(records.claimRows);
  }

  add(claim) {
    this.bits[claim.number] = 1;
  }

  has(claim) {
    return this.bits[claim?.number] === 1;
  }
}

/** Return what passes under a state, counted for the filters only where they are open: {claims, said, events: [...], control: Map of unit to how it stands, counts}. */
function choose(chosen, counted = !byId('filters').hidden) {
  const { since, day: until, by, origins, mutated } = chosen;
  const happened = since || until ? ({ event_date: day }) => !day || ((!until || day <= until) && (!since || day >= since)) : () => true;

  const said = new Passing();
  const claims = new Passing();
  const ofClaims = new Sieve(CLAIM_FACETS, chosen, counted);
  for (const claim of records.claims.values()) {
    if (by && claim.article.published > by) continue;
    const then = happened(claim);
    if (!ofClaims.pass(claim, counted && then)) continue;
    said.add(claim);
    if (then) claims.add(claim);
  }

  const passes = (claim) => said.has(claim);
  const events = [];
  const ofEvents = new Sieve(EVENT_FACETS, chosen, counted);
  for (const event of records.events.values()) {
    if (!happened(event) || (event.only_by_mutation && !mutated)) continue;
    if (!event.claims.some(passes) && !event.against.some(passes)) continue;
    if ((!origins || originsOf(event, said) >= origins) && ofEvents.pass(event, counted)) events.push(event);
  }

  const control = new Map();
  for (const [unit, entry] of records.control) {
    const standing = standingOf(entry, said, chosen);
    if (standing && standing.origins >= origins) control.set(unit, standing);
  }
  return { claims, said, events, control, counts: Object.fromEntries([...ofClaims.counted(), ...ofEvents.counted()]) };
}

/** Return how many independent origins an event has among the claims that pass; a claim that was moved there in rewriting adds none. */
function originsOf(event, said) {
  if (event.claims.every((claim) => said.has(claim))) return event.independent_origins;
  return event.only_by_mutation ? 0 : independent(event.claims.filter((claim) => said.has(claim) && !movedIn(event).has(claim.claim_id)));
}

/** Tell whether all that is known of an event passes: then its record holds as it is. */
function whole(event) {
  return [...event.claims, ...event.against].every((claim) => scene.now.said.has(claim));
}

/** Return how a place stands: the ledger's own entry, or what the ledger would say of the claims alone that the filters and clocks let pass. */
function standingOf(entry, said, chosen) {
  if (!chosen.day && entry.asked.every((claim) => said.has(claim))) return (entry.standing ||= settled(entry));
  const passing = entry.claims.filter((claim) => said.has(claim) && (!chosen.day || !claim.event_date || claim.event_date <= chosen.day));
  const reckoned = passing.length ? reckon(entry, said, chosen.day) : null;
  return reckoned && { entry, parties: partiesOf(passing), reckoned: true, ...reckoned };
}

/** Return how a place stands by all claims: as the ledger has it. */
function settled(entry) {
  const periods = entry.periods.map((period) => ({ ...period, claims: period.claim_ids.map((id) => records.claims.get(id)).filter(Boolean) }));
  return {
    entry, status: entry.status, holder: entry.holder, origins: entry.independent_origins, parties: partiesOf(entry.claims), reckoned: false,
    since: entry.since, asOf: entry.as_of, why: entry.evidence, claims: periods[periods.length - 1]?.claims || [], periods,
  };
}

/** Return who holds a place by a claim; who has a part of it does not hold it. */
function holderOf(claim) {
  return claim.part ? null : takerOf(claim);
}

function takerOf(claim) {
  if (claim.control === 'gained' || claim.control === 'held') return claim.actor;
  return claim.control === 'lost' ? claim.target : null;
}

/** Return everybody who is said to hold or to fight for a place, in the order in which they are said to. */
function partiesOf(claims) {
  const parties = new Set();
  for (const claim of claims) {
    if (claim.control === 'none' || claim.status === 'planned' || claim.status === 'past') continue;
    const holder = takerOf(claim);
    if (claim.status === 'denied') actorsOf(claim).reverse().forEach((actor) => parties.add(actor));
    else if (claim.control === 'contested') actorsOf(claim).forEach((actor) => parties.add(actor));
    else if (holder) parties.add(holder);
  }
  return [...parties];
}
