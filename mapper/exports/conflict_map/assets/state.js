// What is being looked at: read from the address fragment and written back to it, so that a link shows the same view.

const DEFAULTS = {
  tab: 'places', place: null, event: null, article: null, claim: null, near: null, name: null,
  source: [], origin: [], status: [], actor: [], type: [], origins: 0, mutated: false,
  since: null, day: null, by: null, view: null,
};
const SUBJECTS = ['place', 'event', 'article', 'claim', 'near', 'name'];

/** In a notebook the page is a frame without an address of its own, and keeps its trail itself. */
const FRAMED = location.protocol === 'about:';
const trail = [];

const state = { ...DEFAULTS, ...parse(location.hash) };
const watchers = [];

function parse(hash) {
  const found = { ...DEFAULTS };
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  for (const [name, fallback] of Object.entries(DEFAULTS)) {
    if (!parameters.has(name)) continue;
    if (Array.isArray(fallback)) found[name] = parameters.getAll(name);
    else if (typeof fallback === 'number') found[name] = Number(parameters.get(name)) || 0;
    else if (typeof fallback === 'boolean') found[name] = parameters.get(name) === '1';
    else if (['since', 'day', 'by'].includes(name)) found[name] = /^\d{4}-\d\d-\d\d$/.test(parameters.get(name)) ? parameters.get(name) : fallback;
    else found[name] = parameters.get(name);
  }
  return found;
}

/** Return the fragment of the present view with some of it changed. */
function fragment(change) {
  const next = { ...state, ...change };
  const parameters = new URLSearchParams();
  for (const [name, fallback] of Object.entries(DEFAULTS)) {
    const value = next[name];
    if (Array.isArray(value)) value.forEach((one) => parameters.append(name, one));
    else if (value !== fallback) parameters.set(name, value === true ? '1' : value);
  }
  return parameters.toString();
}

/** Return the fragment that shows one subject (a place, an event, an article, a claim in it) under the same filters. */
function subject(chosen) {
  return fragment({ ...Object.fromEntries(SUBJECTS.map((name) => [name, null])), ...chosen });
}

/** Show another view; going back leads here again. */
function go(change) {
  follow(fragment(change) || 'tab=places');
}

/** Go where a link within the page leads. */
function follow(target) {
  if (FRAMED) {
    trail.push(fragment({}));
    load(target);
  } else location.hash = target;
}

/** Go back to what was shown before; from the page's first view, to its lists. */
function back() {
  if (FRAMED && trail.length) load(trail.pop());
  else if (FRAMED || history.state?.step === 0) go(Object.fromEntries(SUBJECTS.map((name) => [name, null])));
  else history.back();
}

/** Change the view in place: filters and clocks leave no trail of steps to go back through. */
function adjust(change, quietly = false) {
  Object.assign(state, change);
  if (!quietly) keep();
  notify();
}

/** The address of what is shown. */
let address = location.hash;

/** Bring the address up to what is shown, but not over that of a link which is followed and not shown yet. */
function keep() {
  if (FRAMED || location.hash !== address) return;
  history.replaceState(history.state, '', `#${fragment({})}`);
  address = location.hash;
}

/** Call `watcher(state, last)` after every change. */
function watch(watcher) {
  watchers.push(watcher);
}

if (!FRAMED) history.replaceState({ step: 0 }, '');

let shown = { ...state };
function notify() {
  const last = shown;
  shown = { ...state };
  for (const watcher of watchers) watcher(state, last);
}

function load(target) {
  Object.assign(state, parse(target));
  notify();
}

/** Where the lists stood in each view of the trail, and the number of the present one. */
const stood = new Map();
let here = 0;
let steps = 0;
let back_to = null;

/** Return how far the lists were scrolled when this view was left, null for a view that is new. */
function returned() {
  return back_to;
}

addEventListener('hashchange', () => {
  address = location.hash;
  stood.set(here, byId('sheet').scrollTop);
  const known = history.state?.step;
  back_to = known === undefined ? null : stood.get(known) ?? null;
  if (known === undefined) {
    steps += 1;
    history.replaceState({ step: steps }, '');
  }
  here = history.state.step;
  load(location.hash);
  back_to = null;
});
