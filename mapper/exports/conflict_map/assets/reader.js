// Shows a whole article with every claim marked in it, and leads from each mark to what was made of it.

/** Return the text cut where a claim or a place name begins or ends: [{start, end, claims, toponym}]. */
function pieces(article) {
  const cuts = new Set([0, article.text.length]);
  for (const { start, end } of [...article.claims, ...article.toponyms]) {
    cuts.add(start);
    cuts.add(end);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, i) => ({
    start,
    end: edges[i + 1],
    claims: article.claims.filter((claim) => claim.start <= start && claim.end >= edges[i + 1]),
    toponym: article.toponyms.find((toponym) => toponym.start <= start && toponym.end >= edges[i + 1]),
  }));
}

function articleView(article) {
  const chosen = records.claims.get(state.claim);
  return [
    make('h2', {}, own(title(article))),
    make('p', { class: 'source' }, link(article.url, outlet(article)), article.byline ? [' · by ', own(article.byline)] : null, ' · ',
      article.published ? `published ${day(article.published)}` : 'publication day unknown'),
    shares(article),
    article.notes?.length ? make('ul', { class: 'shares' }, article.notes.map((note) => make('li', {}, own(note)))) : null,
    make('p', { class: 'fine' }, `${many(article.claims.length, 'claim')} marked. Choose a mark to see how it was read.`),
    make('div', { class: 'aside', id: 'reading' }, chosen && chosen.article === article ? asideOn([chosen]) : null),
    make('div', { class: 'text', dir: 'auto' }, pieces(article).map((piece) => passage(article, piece))),
    make('p', { class: 'fine' }, 'File ', make('code', {}, article.path), ' · SHA-256 ', make('code', {}, article.sha256)),
  ];
}

function passage(article, piece) {
  const words = article.text.slice(piece.start, piece.end);
  const named = piece.toponym ? make('span', { class: piece.toponym.refused ? 'place refused' : 'place', title: placeTitle(piece.toponym) }, words) : words;
  if (!piece.claims.length) return named;
  const lit = piece.claims.some((claim) => claim.claim_id === state.claim);
  const first = piece.claims.some((claim) => claim.start === piece.start);
  const open = () => showAside(piece.claims);
  return make('mark', {
    class: `${lit ? 'lit' : ''} ${piece.claims[0].status}`, tabindex: first ? '0' : null, role: first ? 'button' : null,
    'data-claims': piece.claims.map((claim) => claim.claim_id).join(' '),
    on: {
      click: open,
      keydown: (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        open();
      },
    },
  }, named);
}

function placeTitle(toponym) {
  if (toponym.refused) return `Not placed: ${toponym.refused}`;
  const place = records.places.get(toponym.place_id);
  return place ? `${place.name}: ${whereabouts(place)}` : 'Placed outside the map';
}

function showAside(claims) {
  state.claim = claims[0].claim_id;
  keep();
  byId('reading').replaceChildren(...asideOn(claims));
  for (const mark of document.querySelectorAll('.text mark')) mark.classList.toggle('lit', mark.dataset.claims.split(' ').includes(state.claim));
  tell(claims.map(statement).join('. '));
}

function asideOn(claims) {
  return claims.slice(0, 6).map((claim) => make('div', { class: 'made-of' },
    make('p', {}, own(statement(claim)), '.', figures(claim).length ? ` ${figures(claim).join(', ')}.` : ''),
    chain(claim),
    make('p', { class: 'steps' },
      claim.events.map((event) => inside(subject({ event: event.event_id, claim: claim.claim_id }), {}, `Event: ${event.sub_event_type}`)),
      claim.place_id && records.places.has(claim.place_id) ? inside(subject({ place: claim.place_id, claim: claim.claim_id }), {}, `Place: ${claim.place_name}`) : null)));
}

function shares(article) {
  if (!article.shares?.length) return null;
  return make('ul', { class: 'shares' }, article.shares.map((share) => {
    const other = records.articles.get(share.article_id);
    return make('li', {}, `Shares ${SHARES[share.kind] || share.kind} with `,
      other ? inside(subject({ article: other.id }), {}, own(`${outlet(other)}: ${title(other)}`)) : own(share.article_id));
  }));
}
