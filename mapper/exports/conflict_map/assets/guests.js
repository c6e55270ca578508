// What folium's own layers expect to find beside Leaflet, for layers that a caller adds to the map.
(() => {
  'use strict';
  const probe = document.body.appendChild(Object.assign(document.createElement('div'), { className: 'leaflet-default-icon-path' }));
  const picture = getComputedStyle(probe).backgroundImage.replace(/^url\("?|"?\)$/g, '');
  probe.remove();
  L.Icon.Default.imagePath = '';
  L.Icon.Default.mergeOptions({ iconUrl: picture, iconRetinaUrl: picture, shadowUrl: '', shadowSize: null });

  // folium.Icon: a plain pin in the colour asked for.
  L.AwesomeMarkers ??= { icon: ({ markerColor = 'blue' }) => {
    const pin = document.createElement('span');
    pin.className = 'guest-pin';
    pin.style.backgroundColor = markerColor;
    return L.divIcon({ html: pin, className: '', iconSize: null });
  } };

  // folium.Popup: the one thing it asks of jQuery, an element made from the caller's own markup.
  window.$ ??= (markup) => {
    if (typeof markup !== 'string') return { ready: (then) => then() };
    const holder = document.createElement('template');
    holder.innerHTML = markup.trim();
    return [...holder.content.children];
  };
})();
