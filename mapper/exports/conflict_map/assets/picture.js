// Draws what the map shows once more, as one SVG picture that stands alone: for a report, or as PNG.

const MARGIN = 16;
const LINE = 15;

/** Return the map as it is on the screen, with its whole legend, what is shown, and a line to cite, as the text of an SVG file. */
function picture() {
  byId('legend').classList.add('whole');
  const drawn = depicted(byId('ground').getBoundingClientRect(), byId('legend'));
  byId('legend').classList.remove('whole');
  return new XMLSerializer().serializeToString(drawn);
}

/** Return the picture of what stands in a box of the screen: as high as the box, or as the legend, where it is open and higher. */
function depicted(box, legend) {
  const notes = [...broken(showing(), box.width / 6.2), ...broken(citation(), box.width / 6.2),
    'Boundaries and names shown do not imply endorsement or acceptance. A mark on a district is no position. Not for targeting.'];
  const land = Math.max(box.height, legend.open ? legend.offsetTop * 2 + legend.offsetHeight : 0);
  const height = land + 2 * MARGIN + 10 + (notes.length + 1) * LINE;
  return draw('svg', { xmlns: SVG, width: box.width, height, viewBox: `0 0 ${box.width} ${height}`, 'font-family': 'sans-serif' },
    draw('title', {}, `Conflict claims: ${records.country}`), byId('patterns').querySelector('defs').cloneNode(true),
    draw('rect', { width: box.width, height, fill: '#ffffff' }),
    draw('svg', { width: box.width, height: land, viewBox: `0 0 ${box.width} ${land}` },
      draw('rect', { width: box.width, height: land, fill: look(document.querySelector('.folium-map')).backgroundColor }),
      shapesShown(), ['names', 'markerPane'].map((pane) => traced(scene.map.getPane(pane), box)),
      legend.open ? traced(legend, box) : null),
    draw('text', { x: MARGIN, y: land + MARGIN + 8, 'font-size': 15, 'font-weight': 700, fill: '#1c2229' }, `Conflict claims: ${records.country}`),
    notes.map((line, i) => draw('text', { x: MARGIN, y: land + MARGIN + 10 + (i + 1) * LINE, 'font-size': 11.5, fill: '#434c56' }, line)));
}

/** Return the picture as a PNG, two dots to each point of the screen. */
async function raster(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = make('canvas', { width: image.width * 2, height: image.height * 2 });
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, 'image/png'); });
}

const look = (element) => getComputedStyle(element);

const PAINT = ['text-anchor', 'font-size', 'font-weight', 'font-family', 'stroke-linecap', 'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'paint-order'];

/** Return a copy of an SVG element that needs no style sheet. */
function painted(element) {
  const style = look(element);
  if (style.display === 'none' || style.visibility === 'hidden') return null;
  const copy = element.cloneNode(false);
  for (const name of ['class', 'style']) copy.removeAttribute(name);
  for (const name of PAINT) copy.setAttribute(name, style.getPropertyValue(name).replace(/url\(["']?[^"')#]*(#[^"')]+)["']?\)/, 'url($1)'));
  copy.append(...[...element.childNodes].map((child) => (child.nodeType === Node.ELEMENT_NODE ? painted(child) : child.cloneNode())).filter(Boolean));
  return copy;
}

/** Return the areas and lines of the map, from below upwards. */
function shapesShown() {
  const { x, y } = scene.map.containerPointToLayerPoint([0, 0]);
  const paths = Object.keys(PANES).flatMap((pane) => [...(scene.map.getPane(pane)?.querySelectorAll('path') || [])]);
  const others = [...scene.map.getPane('overlayPane').querySelectorAll('path')];
  return draw('g', { transform: `translate(${-x} ${-y})` }, [...paths, ...others].map(painted));
}

/** Return what HTML shows, drawn anew: boxes, signs and the words in their places. */
function traced(element, box) {
  const style = look(element);
  if (style.display === 'none' || style.visibility === 'hidden' || element.matches('.unseen')) return [];
  const at = element.getBoundingClientRect();
  const [x, y] = [at.left - box.left, at.top - box.top];
  if (element instanceof SVGSVGElement) {
    const copy = painted(element);
    for (const [name, value] of Object.entries({ x, y, width: at.width, height: at.height })) copy?.setAttribute(name, value);
    return [copy];
  }
  const edge = parseFloat(style.borderTopWidth) || 0;
  const plate = !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor) || edge
    ? draw('rect', { x: x + edge / 2, y: y + edge / 2, width: Math.max(at.width - edge, 0), height: Math.max(at.height - edge, 0), rx: parseFloat(style.borderTopLeftRadius) || 0,
      fill: style.backgroundColor, stroke: edge ? style.borderTopColor : 'none', 'stroke-width': edge, 'stroke-dasharray': style.borderTopStyle === 'dashed' ? '4 3' : null })
    : null;
  const inside = [...element.childNodes].flatMap((child) => {
    if (child.nodeType === Node.TEXT_NODE) return words(child, style, box);
    return child.nodeType === Node.ELEMENT_NODE ? traced(child, box) : [];
  });
  return [plate, ...inside];
}

/** Return a text as lines, each where it stands on the screen. */
function words(node, style, box) {
  const lines = new Map();
  const range = document.createRange();
  for (const found of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, found.index);
    range.setEnd(node, found.index + found[0].trimEnd().length);
    const at = range.getBoundingClientRect();
    if (!at.width) continue;
    const line = lines.get(Math.round(at.top)) || { left: at.left, right: at.right, bottom: at.bottom, height: at.height, said: '' };
    lines.set(Math.round(at.top), { ...line, left: Math.min(line.left, at.left), right: Math.max(line.right, at.right), said: line.said + found[0] });
  }
  return [...lines.values()].map((line) => draw('text', {
    x: (line.left + line.right) / 2 - box.left, y: line.bottom - box.top - line.height * 0.24, 'text-anchor': 'middle', direction: style.direction,
    'font-size': style.fontSize, 'font-weight': style.fontWeight, 'font-style': style.fontStyle, 'font-family': style.fontFamily, fill: style.color,
    'letter-spacing': style.letterSpacing === 'normal' ? null : style.letterSpacing, opacity: style.opacity,
    ...(style.textShadow === 'none' ? {} : { stroke: '#ffffff', 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }),
  }, style.textTransform === 'uppercase' ? line.said.trim().toUpperCase() : line.said.trim()));
}

/** Return words as lines of at most so many characters. */
function broken(text, most) {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (lines[lines.length - 1].length + word.length > most) lines.push('');
    lines[lines.length - 1] += `${word} `;
  }
  return lines.map((line) => line.trim());
}
