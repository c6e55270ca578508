// Finds places by whatever spelling is typed; speakers, outlets, parties, events and articles by words of their names.

/** Return a name without case, diacritics, apostrophes, hyphens and the differences between Arabic and Persian letters. */
function fold(name) {
  return name.normalize('NFKD').toLowerCase()
    .replace(/[\p{M}\p{Cf}'’‘ʼʿʾ`]/gu, '')
    .replace(/[يىې]/g, 'ی').replace(/ك/g, 'ک').replace(/[ۀة]/g, 'ه')
    .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Return what is left of a folded name when the choices of a romaniser are undone: vowels, izafat, doubled letters. */
function bones(folded) {
  return folded.split(' ').filter((word) => !/^(e|i|ye|yi|ul|al|el|wa|va|district|province|city|town|valley)$/.test(word)).join('')
    .replace(/[eiy]+/g, 'i').replace(/[ouw]+/g, 'u').replace(/aa+/g, 'a').replace(/q/g, 'k').replace(/v/g, 'w').replace(/(.)\1+/g, '$1');
}

/** Return how many letters must change to turn one string into the other, or `limit` + 1 when it is more. */
function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

let nameIndex = null;

/** Return every spelling of every place, made ready when somebody first searches. */
function spellings() {
  nameIndex ||= [...records.places.values()].flatMap((place) =>
    [...new Set([place.name, place.native, place.place_id, ...place.spellings].filter(Boolean))].map((name) => {
      const folded = fold(name);
      return { place, name, folded, bones: bones(folded) };
    }));
  return nameIndex;
}

/** Return how well a name fits what was typed: 0 exactly, larger is worse, null not at all. */
function fit(entry, folded, skeleton) {
  if (entry.folded === folded) return 0;
  if (entry.folded.startsWith(folded)) return 1;
  if (skeleton && entry.bones === skeleton) return 1.5;
  if (skeleton.length > 2 && entry.bones.startsWith(skeleton)) return 2;
  if (folded.length > 2 && entry.folded.includes(` ${folded}`)) return 2.5;
  const limit = skeleton.length > 6 ? 2 : skeleton.length > 3 ? 1 : 0;
  const off = limit ? distance(entry.bones, skeleton, limit) : 1;
  return off <= limit ? 3 + off : null;
}

/** Return the places of which a spelling fits, best first: {place, name}. Those with claims come first among equals. */
function findPlaces(folded) {
  const skeleton = bones(folded);
  const best = new Map();
  for (const entry of spellings()) {
    const rank = fit(entry, folded, skeleton);
    if (rank === null) continue;
    const claims = records.claimsIn.get(entry.place.unit)?.length || 0;
    const weight = rank - (claims ? 0.7 + Math.min(claims, 100) / 1000 : 0);
    if (!best.has(entry.place) || best.get(entry.place).weight > weight) best.set(entry.place, { place: entry.place, name: entry.name, weight });
  }
  return [...best.values()].sort((a, b) => a.weight - b.weight || before(a.place.place_id, b.place.place_id));
}

const wordings = new Map();

/** Return what may be found in a group, each with its folded words: made ready when somebody first searches. */
function worded(name, all) {
  if (!wordings.has(name)) wordings.set(name, all().map((one) => ({ ...one, folded: ` ${fold(one.words)}` })));
  return wordings.get(name);
}

/** Return the values of a filter, those with the most claims first. */
function valued(name) {
  const claims = new Map();
  for (const claim of records.claims.values()) for (const value of new Set(FACETS[name].values(claim))) claims.set(value, (claims.get(value) || 0) + 1);
  return [...claims].sort(([a, n], [b, m]) => m - n || before(a, b)).map(([value, number]) => ({
    words: value, note: `${many(number, 'claim')} · shows these alone`, open: () => go({ ...Object.fromEntries(SUBJECTS.map((one) => [one, null])), tab: 'events', [name]: [value] }),
  }));
}

/** The groups of answers: their name, what is in them, and how many of them are offered. Places come first. */
const GROUPS = [
  ['Who says so', 3, () => valued('origin')],
  ['Outlets', 3, () => valued('source')],
  ['Actors', 3, () => valued('actor')],
  ['Events', 4, () => [...records.events.values()].filter((event) => !event.only_by_mutation).map((event) => ({
    words: `${event.sub_event_type} · ${event.at}`, note: [about(event.event_date, event.time_precision), ...event.sides].join(' · '), more: `${event.event_type} ${event.admin1 || ''} ${day(event.event_date)} ${event.sides.join(' ')}`,
    open: () => visit({ event: event.event_id }),
  }))],
  ['Articles', 3, () => [...records.articles.values()].map((article) => ({
    words: title(article), note: outlet(article), more: outlet(article), open: () => visit({ article: article.id }),
  }))],
];

/** Return up to some answers of each group: {group, content, open}. Of a name every word that was typed must begin a word. */
function find(typed) {
  const folded = fold(typed.slice(0, 80));
  if (!folded) return [];
  const words = folded.split(' ');
  const others = folded.length < 3 ? [] : GROUPS.flatMap(([group, most, all]) => worded(group, () => all().map((one) => ({ ...one, shown: one.words, words: `${one.words} ${one.more || ''}` })))
    .filter((one) => words.every((word) => one.folded.includes(` ${word}`))).slice(0, most)
    .map((one) => ({ group, content: () => [own(one.shown), make('small', {}, own(one.note))], open: one.open })));
  const places = findPlaces(folded).slice(0, others.length ? 5 : 9).map((answer) => ({
    group: 'Places', content: () => placeAnswer(answer),
    open: () => visit({ place: answer.place.place_id, name: answer.name === answer.place.name ? null : answer.name }),
  }));
  return [...places, ...others];
}

/** Make the search box a combobox: arrows move, Enter chooses, Escape closes. */
function openSearch() {
  const box = byId('seek');
  const menu = byId('found');
  let answers = [];
  let at = -1;

  const close = () => {
    menu.hidden = true;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
    at = -1;
  };
  const choose = (answer) => {
    close();
    box.value = '';
    answer.open();
  };
  const move = (to) => {
    at = (to + answers.length) % answers.length;
    const items = [...menu.querySelectorAll('[aria-selected]')];
    items.forEach((item, i) => item.setAttribute('aria-selected', i === at));
    box.setAttribute('aria-activedescendant', items[at].id);
    items[at].scrollIntoView({ block: 'nearest' });
  };
  const show = () => {
    answers = find(box.value);
    at = -1;
    const groups = [...new Set(answers.map(({ group }) => group))];
    menu.replaceChildren(...groups.flatMap((group, n) => [
      groups.length > 1 || group !== 'Places' ? make('li', { class: 'group', role: 'presentation', id: `found-group-${n}` }, group) : null,
      ...answers.map((answer, i) => (answer.group === group ? make('li', {
        id: `found-${i}`, role: 'option', 'aria-selected': 'false', 'aria-describedby': groups.length > 1 ? `found-group-${n}` : null,
        on: { mousedown: (event) => event.preventDefault(), click: () => choose(answer) },
      }, answer.content()) : null)),
    ]).filter(Boolean));
    if (!answers.length && box.value.trim()) menu.append(make('li', { class: 'none', role: 'option', 'aria-disabled': 'true' }, 'Nothing of that name is known here.'));
    menu.hidden = !menu.children.length;
    box.setAttribute('aria-expanded', String(!menu.hidden));
    box.removeAttribute('aria-activedescendant');
  };

  box.addEventListener('input', show);
  box.addEventListener('focus', () => box.value && show());
  box.addEventListener('blur', close);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (menu.hidden) box.value = '';
      close();
    } else if (event.key === 'Enter' && answers.length && !menu.hidden) choose(answers[Math.max(at, 0)]);
    else if (event.key === 'ArrowDown' && answers.length) move(at + 1);
    else if (event.key === 'ArrowUp' && answers.length) move(at - 1);
    else return;
    event.preventDefault();
  });
}

function placeAnswer({ place, name }) {
  const claims = records.claimsIn.get(place.unit)?.length || 0;
  return [
    make('span', {}, own(name), name === place.name ? null : make('span', { class: 'quiet' }, ` – ${place.name}`), ' ', native(place.native)),
    make('small', {}, `${whereabouts(place)}${claims ? ` · ${many(claims, 'claim')}` : ' · no claims'}`),
  ];
}

/** Return what a place is and where: "District in Baghlan", "Village in Andarab, Baghlan". */
function whereabouts(place) {
  const kind = place.kind[0].toUpperCase() + place.kind.slice(1);
  const around = [place.admin2, place.admin1].filter((name) => name && name !== place.name);
  return around.length ? `${kind} in ${around.join(', ')}` : kind;
}
