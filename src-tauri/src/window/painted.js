// Run in the page each time the window is shown: tells when the first frame with a view is on the screen.
(() => {
  if (!document.body) return;
  const frame = globalThis.requestAnimationFrame;
  const tell = () => frame(() => frame(() => globalThis.__TAURI_INTERNALS__.invoke('painted')));
  if (document.body.dataset.ready) return tell();
  const ready = new MutationObserver(() => {
    if (!document.body.dataset.ready) return;
    ready.disconnect();
    tell();
  });
  ready.observe(document.body, { attributes: true, attributeFilter: ['data-ready'] });
})();
