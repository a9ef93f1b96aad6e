// Time from a click on a navigation link until the page is painted: its script has finished, every chart is
// drawn, nothing stale is left, and two animation frames have passed. Then wait until nothing changes any more.
() => {
  const QUIET = 250, LIMIT = 20000;
  const app = () => document.querySelector('[data-testid="stApp"]');
  const drawings = () => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
  const drawn = (chart) => {
    const picture = chart.querySelector('canvas, svg');
    return picture && !picture.isBefore;
  };
  const ready = () =>
    app()?.getAttribute('data-test-script-state') === 'notRunning' &&
    document.querySelector('[data-testid="stMain"] h1') &&
    !document.querySelector('[data-testid="stMain"] [data-stale="true"]') &&
    drawings().every(drawn);

  const watch = (start, hasRun) => new Promise((resolve, reject) => {
    let last = start, painted = null;
    const seen = new MutationObserver(() => { last = performance.now(); });
    seen.observe(document.body, { childList: true, subtree: true, characterData: true });
    const finish = (value, give) => { seen.disconnect(); give(value); };
    const look = () => {
      const now = performance.now();
      if (painted === null && hasRun() && ready()) {
        painted = 0;
        requestAnimationFrame(() => requestAnimationFrame(() => { painted = performance.now() - start; }));
      }
      if (painted && now - Math.max(last, start + painted) > QUIET) {
        return finish({ painted, settled: last - start, charts: drawings().length }, resolve);
      }
      if (now - start > LIMIT) {
        const state = app()?.getAttribute('data-test-script-state');
        return finish(new Error(`not painted: ${location.href} ${state} ran=${hasRun()} charts=${drawings().map(drawn)}`), reject);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

  window.junhengFirst = () => watch(0, () => true);
  window.junhengClick = (path) => {
    const link = [...document.querySelectorAll('[data-testid="stSidebarNavLink"]')]
      .find((one) => new URL(one.href).pathname === path);
    document.querySelectorAll('[data-testid="stVegaLiteChart"] :is(canvas, svg)')
      .forEach((picture) => { picture.isBefore = true; });
    let ran = false;
    const states = new MutationObserver(() => {
      ran = ran || app().getAttribute('data-test-script-state') !== 'notRunning';
    });
    states.observe(app(), { attributes: true, attributeFilter: ['data-test-script-state'] });
    const start = performance.now();
    link.click();
    return watch(start, () => ran && location.pathname === path).finally(() => states.disconnect());
  };
}
