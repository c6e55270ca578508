// Two clocks: up to which day things happened, and up to which day's evening they had been published.

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

const CLOCKS = {
  day: { name: 'Happened up to', days: calendar(records.days) },
  by: { name: 'As published by the evening of', days: calendar(records.published) },
};

let playing = null;

function openClocks() {
  const clocks = Object.entries(CLOCKS).filter(([, { days }]) => days.length > 1);
  byId('clocks').hidden = !clocks.length;
  byId('clocks').open = innerWidth > 760;
  byId('clocks-items').replaceChildren(...clocks.map(([name, { name: label, days }]) => make('div', { class: 'clock' },
    make('label', { for: `clock-${name}` }, label),
    make('button', { type: 'button', class: 'play', id: `play-${name}`, 'aria-label': `Play: ${label}`, on: { click: () => play(name) } }, '▶'),
    make('input', { type: 'range', id: `clock-${name}`, min: 0, max: days.length - 1, step: 1, on: {
      input: (event) => set(name, Number(event.target.value), true),
      change: () => keep(),
    } }),
    make('output', { id: `at-${name}`, for: `clock-${name}` }))));
  drawClocks();
}

/** Set a clock; at its last day it holds nothing back. */
function set(name, at, quietly) {
  const { days } = CLOCKS[name];
  adjust({ [name]: at >= days.length - 1 ? null : days[at] }, quietly);
}

function drawClocks() {
  for (const [name, { days }] of Object.entries(CLOCKS)) {
    const slider = byId(`clock-${name}`);
    if (!slider) continue;
    const at = state[name] ? Math.max(days.indexOf(state[name]), 0) : days.length - 1;
    slider.value = String(at);
    const shown = `${day(days[at])}${state[name] ? '' : ' (all)'}`;
    slider.setAttribute('aria-valuetext', `${shown}: ${many(scene.now.events.length, 'event')}, ${many(scene.now.control.size, 'place')} with claims`);
    byId(`at-${name}`).textContent = shown;
  }
}

/** Let a clock run from its first day to its last; a second press stops it. */
function play(name) {
  const stop = () => {
    clearInterval(playing?.timer);
    if (playing) byId(`play-${playing.name}`).textContent = '▶';
    playing = null;
    keep();
  };
  const same = playing?.name === name;
  stop();
  if (same) return;
  const { days } = CLOCKS[name];
  let at = state[name] ? days.indexOf(state[name]) : 0;
  const step = Math.max(1, Math.ceil(days.length / 60));
  set(name, at, true);
  byId(`play-${name}`).textContent = '■';
  playing = { name, timer: setInterval(() => {
    at = Math.min(at + step, days.length - 1);
    set(name, at, true);
    if (at === days.length - 1) stop();
  }, 700) };
}
