// Builds elements. Whatever an article says enters the document here, and only as the text of a text node.

const SVG = 'http://www.w3.org/2000/svg';
const REFUSED = /^(on|href$|src|style$|xlink|action|formaction)/i;

/** Return an element. `attributes` are plain names and values (null and false are left out); `on` holds listeners. */
function make(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Return an SVG element, made in the same way. */
function draw(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  const { on = {}, ...plain } = attributes || {};
  for (const [name, value] of Object.entries(plain)) {
    if (REFUSED.test(name)) throw new Error(`${name} is not set here: links are made by link(), looks by classes`);
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Return a stretch of foreign text that cannot reorder the words around it. */
function own(text, attributes) {
  return make('bdi', attributes, String(text));
}

/** Return a native name in its own script and direction, or nothing. */
function native(text) {
  return text ? make('bdi', { class: 'native', lang: 'fa', dir: 'rtl' }, text) : null;
}

/** Return a link that opens only on a click and says nothing of where it was clicked; plain text unless http(s). */
function link(address, label) {
  const target = webAddress(address);
  if (!target) return own(label);
  const anchor = make('a', { target: '_blank', rel: 'noreferrer noopener nofollow', title: `Opens ${target.host} in a new window` }, own(label));
  anchor.href = target.href;
  return anchor;
}

function webAddress(address) {
  if (typeof address !== 'string' || address.length > 4000 || !/^https?:\/\//i.test(address)) return null;
  try {
    const parsed = new URL(address);
    return /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password ? parsed : null;
  } catch {
    return null;
  }
}

/** Return a link within the page, to an address fragment made by state.js. */
function inside(target, attributes, ...children) {
  const anchor = make('a', attributes, ...children);
  anchor.setAttribute('href', `#${target}`);
  if (FRAMED) {
    anchor.addEventListener('click', (event) => {
      event.preventDefault();
      follow(target);
    });
  }
  return anchor;
}

/** Return a table that knows its own entries alone, whatever word it is asked for. */
const table = (entries) => Object.assign(Object.create(null), entries);

const byId = (id) => document.getElementById(id);

/** Say something to people who listen rather than look. */
function tell(text) {
  byId('told').textContent = text;
}

/** Return list items, the first `most` at once and the others folded away. */
function folded(items, most, what) {
  if (items.length <= most + 1) return items;
  return [...items.slice(0, most), make('li', {}, make('details', { class: 'rest' },
    make('summary', {}, many(items.length - most, `more ${what}`)), make('ul', {}, items.slice(most))))];
}

const figure = new Intl.NumberFormat('en-GB');

/** Return "1 claim", "3 claims". */
function many(number, one, more = `${one}s`) {
  return `${figure.format(number)} ${number === 1 ? one : more}`;
}
