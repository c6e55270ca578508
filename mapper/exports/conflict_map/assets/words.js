// The words of the page, each defined once, in the sense in which the records use it.

const STANDINGS = table({
  claimed: {
    name: 'Claimed',
    means: 'One independent origin says so, and no second one.',
    brief: 'one independent origin',
    from: 'In the sense of the Institute for the Study of War: sources say so; it can be neither corroborated nor shown to be false.',
  },
  corroborated: {
    name: 'Corroborated',
    means: 'Two or more independent origins say so. Outlets that repeat one statement count once.',
    brief: 'two or more independent origins',
    from: 'Counted by origin, not by outlet: copies of one statement corroborate nothing.',
  },
  confirmed: {
    name: 'Confirmed',
    means: 'The side that is said to have lost the place admits it.',
    brief: 'the side that lost it admits it',
    from: 'An admission against one’s own interest; not a finding of ours.',
  },
  contested: {
    name: 'Contested',
    means: 'The latest statement is denied, another one rivals it, another side is said to hold a part, or the place is said to be fought over.',
    brief: 'denied, rivalled or fought over',
    from: 'Both versions stay; nothing is settled here.',
  },
  reversed: {
    name: 'Reversed',
    means: 'The latest undisputed change of hands undoes an earlier one.',
    brief: 'an earlier change undone',
    from: 'As in a ledger: the earlier entry stays and is shown under “Over time”.',
  },
  unknown: {
    name: 'Unknown',
    means: 'There are claims about who controls the place or parts of it, but none that says who holds it.',
    brief: 'nobody is said to hold it',
    from: 'No report is not the same as no event.',
  },
});

/** A claim of which no independent origin is left: its standing in the ledger is "claimed". */
const UNSOURCED = {
  name: 'Claimed without an origin',
  means: 'It stands in these articles, but nobody says so who counts as an origin: it is hearsay (“reports say”), what an outlet recalls or sums up of others, or what came with a copied or rewritten article.',
  brief: 'hearsay, recalled, or retold',
  from: 'A claim that nobody answers for is shown, paler, and counts for nothing beside one that somebody makes.',
};

/** Return the words for how a place stands. */
function standingWords({ status, origins }) {
  if (status === 'claimed' && !origins) return UNSOURCED;
  return STANDINGS[status] || { name: status, means: '' };
}

/** Return "2 independent origins"; nobody reads a nought as the absence that it is. */
function originsSaid(number) {
  return number ? many(number, 'independent origin') : 'no independent origin';
}

const STATUSES = table({
  asserted: { name: 'Stated', says: 'stated as fact by the speaker' },
  ongoing: { name: 'Under way', says: 'said to be still under way' },
  unconfirmed: { name: 'Unconfirmed', says: 'called unconfirmed by the article itself' },
  denied: { name: 'Denied', says: 'the speaker denies it' },
  planned: { name: 'Planned', says: 'announced, threatened or expected; not done' },
  past: { name: 'Background', says: 'told as history, not as news' },
});

/** ACLED's six event types, each with the shape of its mark (24 by 24 units). */
const EVENT_TYPES = table({
  Battles: 'M5 1.5 12 8.5 19 1.5 22.5 5 15.5 12 22.5 19 19 22.5 12 15.5 5 22.5 1.5 19 8.5 12 1.5 5Z',
  'Explosions/Remote violence': 'M12 0.5 14.6 7 20.8 3.2 17 9.4 23.5 12 17 14.6 20.8 20.8 14.6 17 12 23.5 9.4 17 3.2 20.8 7 14.6 0.5 12 7 9.4 3.2 3.2 9.4 7Z',
  'Violence against civilians': 'M12 1 23 12 12 23 1 12Z',
  Protests: 'M12 2a10 10 0 1 0 0.01 0Z',
  Riots: 'M12 1.5 23 21.5 1 21.5Z',
  'Strategic developments': 'M3 3H21V21H3Z',
});

const ADMIRALTY = table({
  A: 'completely reliable', B: 'usually reliable', C: 'fairly reliable', D: 'not usually reliable', E: 'unreliable',
  F: 'reliability cannot be judged',
  1: 'confirmed by other independent sources', 2: 'probably true', 3: 'possibly true', 4: 'doubtful', 5: 'improbable',
  6: 'truth cannot be judged',
});

const FIELDS = table({
  occurred: 'whether it happened', date: 'when', place: 'where', actor: 'who', manner: 'how', killed: 'people killed',
  wounded: 'people wounded', casualties: 'casualties', control: 'who holds the place', status: 'how sure it is', attribution: 'who says so',
});

const SHARES = table({ copy: 'the same passages', rewrite: 'the same matter in other words', passage: 'single sentences' });

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Return an ISO day as "20 Aug 2021", which nobody can misread. */
function day(iso) {
  if (!iso) return 'day unknown';
  const [year, month, number] = iso.split('-');
  return `${Number(number)} ${MONTHS[month - 1]} ${year}`;
}

/** Return a day with how exactly it is known: 1 the day, 2 the week, 3 the month. */
function about(iso, precision) {
  if (!iso) return day(iso);
  return { 2: `around ${day(iso)}`, 3: `${MONTHS[iso.slice(5, 7) - 1]} ${iso.slice(0, 4)}` }[precision] || day(iso);
}

function span(first, last) {
  if (!first) return null;
  return first === last ? day(first) : `${day(first)} – ${day(last)}`;
}

/** Return a count as it was written: [60, null] is "at least 60", [null, 40] "at most 40". */
function count([low, high]) {
  if (low === null) return `at most ${high}`;
  if (high === null) return `at least ${low}`;
  return low === high ? `${low}` : `${low} to ${high}`;
}

/** Return every figure that a claim gives, in words. */
function figures(claim) {
  const of = claim.casualty_side ? ` (${claim.casualty_side})` : '';
  const found = [];
  if (claim.killed) found.push(`${count(claim.killed)} killed${of}`);
  if (claim.wounded) found.push(`${count(claim.wounded)} wounded${of}`);
  if (claim.captured) found.push(`${count(claim.captured)} captured${of}`);
  if (claim.killed_or_wounded) found.push(`${count(claim.killed_or_wounded)} killed or wounded${of}`);
  if (claim.vague_casualties) found.push(`casualties without a number${of}`);
  return found;
}

/** Return an event's dead in words. */
function toll(event) {
  const { fatalities_low: low, fatalities_high: high } = event;
  if (high === null) return low ? `${low} or more killed` : 'deaths said, number open';
  if (!high) return 'no deaths reported';
  return low === high ? `${low} killed` : `${low} to ${high} killed`;
}

/** Return what a claim says, in words of ours beside the words of theirs. */
function content(claim) {
  const actor = claim.actor || 'someone unnamed';
  const name = claim.place_name || 'a place not named';
  const place = claim.part ? `a part of ${name} (“${claim.part}”)` : name;
  const planned = claim.status === 'planned';
  const other = (word) => (claim.target ? ` ${word} ${claim.target}` : '');
  return {
    gained: `${actor} ${planned ? 'to take' : 'took'} ${place}${other('from')}`,
    held: `${actor} ${planned ? 'to hold' : 'in control of'} ${place}${other('against')}`,
    lost: `${actor} ${planned ? 'to lose' : 'lost'} ${place}${other('to')}`,
    contested: `fight for ${place}: ${actor}${other('and')}`,
    none: `${claim.sub_event_type || 'Harm'}, ${place}: ${actor}${other('against')}`,
  }[claim.control];
}

/** Return what a claim says with how it stands, as one line: "Denied: Taliban took Warsaj". */
function statement(claim) {
  return claim.status === 'asserted' ? sentence(content(claim)) : `${STATUSES[claim.status]?.name || claim.status}: ${content(claim)}`;
}

const sentence = (words) => words[0].toUpperCase() + words.slice(1);

/** Return how far the place of an event can be trusted, as a look and as a sentence. */
function precision(event) {
  if (!event.point) return { look: 'unplaced', text: 'Not on the map: no source names a place that could be found.' };
  if (event.geo_precision === 1) return { look: 'exact', text: `At ${event.at}, which is named in the text.` };
  if (event.geo_precision === 3) {
    return { look: 'province', text: `Stands for the whole of ${event.admin1 || event.at}: nothing more exact is said. The mark is no position.` };
  }
  return { look: 'district', text: `Stands for the whole district of ${event.admin2 || event.at}: no spot is named. The mark is no position.` };
}

const before = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Put the latest event first. */
function byDay(a, b) {
  return before(b.event_date || '', a.event_date || '') || before(placeOf(a), placeOf(b)) || before(a.event_id, b.event_id);
}

function placeOf(event) {
  return event.place_name || event.location || 'place unknown';
}
