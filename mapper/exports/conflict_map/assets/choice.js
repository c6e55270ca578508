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

/** Return the values which each of some facets sees in a row, each once; worked out once. */
function facetsOf(facets, row) {
  row.facets ||= facets.map((name) => [...new Set(FACETS[name].values(row))]);
  return row.facets;
}

/** Lets rows pass by some facets, and counts for each facet those of which every other one lets them pass. */
class Sieve {
  constructor(facets, chosen, counts) {
    this.facets = facets;
    this.wanted = facets.map((name) => (chosen[name].length ? new Set(chosen[name]) : null));
    this.counts = facets.map((name) => counts[name]);
  }

  /** Tell whether a row passes; count it, if it is to be counted. */
  pass(row, counted) {
    const seen = facetsOf(this.facets, row);
    let failed = -1;
    for (let i = 0; i < seen.length; i += 1) {
      if (this.wanted[i] && !seen[i].some((value) => this.wanted[i].has(value))) {
        if (failed >= 0) return false;
        failed = i;
      }
    }
    if (counted && failed >= 0) this.tally(failed, seen[failed]);
    else if (counted) for (let i = 0; i < seen.length; i += 1) this.tally(i, seen[i]);
    return failed < 0;
  }

  tally(i, values) {
    for (const value of values) this.counts[i].set(value, (this.counts[i].get(value) || 0) + 1);
  }
}

/** Return what passes under a state, counted for the filters only where they are open: {claims: Set, events: [...], control: Map of unit to how it stands, counts}. */
function choose(chosen, counted = !byId('filters').hidden) {
  const counts = Object.fromEntries(Object.keys(FACETS).map((name) => [name, new Map()]));
  const { since, day: until, by, origins, mutated } = chosen;
  const happened = ({ event_date: day }) => !day || ((!until || day <= until) && (!since || day >= since));

  const said = new Set();
  const claims = new Set();
  const ofClaims = new Sieve(CLAIM_FACETS, chosen, counts);
  for (const claim of records.claims.values()) {
    const published = by && claim.article.published;
    if (published && published > by) continue;
    const then = happened(claim);
    if (!ofClaims.pass(claim, counted && then)) continue;
    said.add(claim);
    if (then) claims.add(claim);
  }

  const events = [];
  const ofEvents = new Sieve(EVENT_FACETS, chosen, counts);
  for (const event of records.events.values()) {
    if (!happened(event) || (event.only_by_mutation && !mutated)) continue;
    const told = [...event.claims, ...event.against].some((claim) => said.has(claim));
    if (told && originsOf(event, said) >= origins && ofEvents.pass(event, counted)) events.push(event);
  }

  const control = new Map();
  for (const [unit, entry] of records.control) {
    const standing = standingOf(entry, said, chosen);
    if (standing && standing.origins >= origins) control.set(unit, standing);
  }
  return { claims, said, events, control, counts };
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
  const passing = entry.claims.filter((claim) => said.has(claim) && (!chosen.day || !claim.event_date || claim.event_date <= chosen.day));
  if (!passing.length) return null;
  const parties = partiesOf(passing);
  if (chosen.day || !entry.asked.every((claim) => said.has(claim))) {
    const reckoned = reckon(entry, said, chosen.day);
    return reckoned && { entry, parties, reckoned: true, ...reckoned };
  }
  const periods = entry.periods.map((period) => ({ ...period, claims: period.claim_ids.map((id) => records.claims.get(id)).filter(Boolean) }));
  return {
    entry, status: entry.status, holder: entry.holder, origins: entry.independent_origins, parties, reckoned: false,
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
