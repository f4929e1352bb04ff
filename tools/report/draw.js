// Puts the charts of charts.js into the page.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

const views = new Map();  // of each section: what was embedded last

const options = (theme, name) => ({
  renderer: 'svg', ast: true, downloadFileName: name,
  actions: {export: true, source: false, compiled: false, editor: false},
  tooltip: {theme}, i18n: {SVG_ACTION: 'Save as SVG', PNG_ACTION: 'Save as PNG'},
});

function clear(section) {
  const old = views.get(section);
  if (old) old.finalize();
  views.delete(section);
}

async function draw(chart, theme) {
  const {el, replace} = hybrid.dom;
  const box = document.getElementById(`chart-${chart.section}`);
  const note = chart.note ? el('p', {class: 'note'}, chart.note) : null;
  clear(chart.section);
  if (chart.empty) {
    replace(box, el('p', {class: 'note empty'}, chart.empty), note);
    return;
  }
  const figure = el('div', {class: 'plot', 'data-name': chart.name});
  replace(box, figure, note);
  views.set(chart.section,
    await globalThis.vegaEmbed(figure, chart.spec, options(theme, chart.name)));
}

/** Draws all; charts of an older call that is still drawing are dropped. */
let latest = 0;
async function drawAll(charts, theme) {
  const mine = ++latest;
  for (const chart of charts) {
    if (mine !== latest) return false;
    await draw(chart, theme);
  }
  return mine === latest;
}

/**
 * Light copies of charts for paper, made at once, since printing doesn't wait.
 * Returns what removes them.
 */
function drawForPaper(charts) {
  const {vega, vegaLite} = globalThis;
  const copies = [];
  for (const chart of charts) {
    if (chart.empty) continue;
    const box = document.getElementById(`chart-${chart.section}`);
    const figure = hybrid.dom.el('div', {class: 'plot print-only'});
    box.prepend(figure);
    const spec = chart.spec.width === 'container' ?
      {...chart.spec, width: 560} : chart.spec;
    const runtime = vega.parse(vegaLite.compile(spec).spec, null, {ast: true});
    const view = new vega.View(runtime, {
      renderer: 'svg', expr: vega.expressionInterpreter, container: figure,
    });
    view.run();
    copies.push(() => { view.finalize(); figure.remove(); });
  }
  return () => copies.forEach((remove) => remove());
}

hybrid.draw = {drawAll, drawForPaper};
})();
