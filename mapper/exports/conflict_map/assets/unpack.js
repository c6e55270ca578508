// Unpacks the page of a large map in the frame of a notebook, and puts it in the place of the one that stands there.
(async () => {
  'use strict';
  const squeezed = Uint8Array.from(atob(document.getElementById('packed').textContent), (letter) => letter.charCodeAt(0));
  const page = await new Response(new Blob([squeezed]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  document.open();
  document.write(page);
  document.close();
})();
