// The clocks: from which day and up to which day things happened, and up to which day's evening they had been published.

const DAY = 86400000;

/** Return every day from the first to the last, as ISO strings. */
function calendar([first, last]) {
  if (!first) return [];
  const days = [];
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`) && days.length < 40000; at += DAY) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** Each clock's days, and the end of them at which it holds nothing back. */
const CLOCKS = {
  since: { name: 'Events since', days: calendar(records.days), free: 'first' },
  day: { name: 'Happened up to', days: calendar(records.days), free: 'last' },
  by: { name: 'As published by the evening of', days: calendar(records.published), free: 'last' },
};

const freeAt = ({ days, free }) => (free === 'first' ? 0 : days.length - 1);

let playing = null;

function openClocks() {
  const clocks = Object.entries(CLOCKS).filter(([, { days }]) => days.length > 1);
  byId('clocks').hidden = !clocks.length;
  byId('clocks').open = innerWidth > 760;
  byId('clocks-items').replaceChildren(...clocks.map(([name, { name: label, days, free }]) => make('div', { class: 'clock' },
    make('label', { for: `clock-${name}` }, label),
    free === 'last' ? make('button', { type: 'button', class: 'play', id: `play-${name}`, 'aria-label': `Play: ${label}`, on: { click: () => play(name) } }, '▶') : make('span', { class: 'noplay' }),
    make('input', { type: 'range', id: `clock-${name}`, min: 0, max: days.length - 1, step: 1, on: {
      input: (event) => set(name, Number(event.target.value), true),
      change: () => keep(),
    } }),
    make('output', { id: `at-${name}`, for: `clock-${name}` }))));
  drawClocks();
}

/** Set a clock; at its free end it holds nothing back. The first and the last day of events do not pass each other. */
function set(name, at, quietly) {
  const clock = CLOCKS[name];
  const change = { [name]: at === freeAt(clock) ? null : clock.days[at] };
  if (name === 'day' && state.since && change.day && change.day < state.since) change.since = change.day;
  if (name === 'since' && state.day && change.since && change.since > state.day) change.day = change.since;
  adjust(change, quietly);
}

function drawClocks() {
  for (const [name, clock] of Object.entries(CLOCKS)) {
    const slider = byId(`clock-${name}`);
    if (!slider) continue;
    const { days } = clock;
    const at = state[name] ? nearest(days, state[name]) : freeAt(clock);
    slider.value = String(at);
    const shown = `${day(days[at])}${state[name] ? '' : ' (all)'}`;
    slider.setAttribute('aria-valuetext', `${shown}: ${many(scene.now.events.length, 'event')}, ${many(scene.now.control.size, 'place')} with claims`);
    byId(`at-${name}`).textContent = shown;
    byId(`at-${name}`).title = name === 'by' && records.undated ? `${many(records.undated, 'article')} without a date always shown` : '';
  }
}

/** Show on a clock's button what it does next. */
function face(name, running) {
  byId(`play-${name}`).textContent = running ? '■' : '▶';
  byId(`play-${name}`).setAttribute('aria-label', `${running ? 'Stop' : 'Play'}: ${CLOCKS[name].name}`);
}

/** Return the index of a day, which a link may give, among those of a clock: of the first that is not before it. */
function nearest(days, wanted) {
  const at = days.findIndex((one) => one >= wanted);
  return at < 0 ? days.length - 1 : at;
}

/** Let a clock run from its first day to its last; a second press stops it. */
function play(name) {
  const stop = () => {
    clearInterval(playing?.timer);
    if (playing) face(playing.name, false);
    playing = null;
    keep();
  };
  const same = playing?.name === name;
  stop();
  if (same) return;
  const { days } = CLOCKS[name];
  let at = state[name] ? nearest(days, state[name]) : 0;
  const step = Math.max(1, Math.ceil(days.length / 60));
  set(name, at, true);
  face(name, true);
  playing = { name, timer: setInterval(() => {
    at = Math.min(at + step, days.length - 1);
    set(name, at, true);
    if (at === days.length - 1) stop();
  }, 700) };
}
