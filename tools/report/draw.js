// Puts the charts of charts.js into the page.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** Width of charts on paper, in pixels: that of a portrait page. */
const PAPER_WIDTH = 680;

/** What was embedded last in each section. */
const views = new Map();
/** The number of the newest call of drawAll. */
let latest = 0;

/** Vega-Embed's options for a chart that is saved as the file `name`. */
const options = (theme, name) => ({
  renderer: 'svg', ast: true, downloadFileName: name,
  actions: {export: true, source: false, compiled: false, editor: false},
  tooltip: {theme},
  i18n: {SVG_ACTION: 'Save as SVG', PNG_ACTION: 'Save as PNG'},
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
  try {
    views.set(chart.section, await globalThis.vegaEmbed(
      figure, chart.spec, options(theme, chart.name)));
  } catch (error) {  // in a specification that a user changed
    replace(box, el('p', {class: 'note empty error'},
      `specs/${chart.section}.json can't be drawn: ${error.message}`));
  }
}

/**
 * Draws all charts. A call that is still drawing gives up when a newer one
 * begins, and returns false then.
 */
async function drawAll(charts, theme) {
  const mine = ++latest;
  for (const chart of charts) {
    if (mine !== latest) return false;
    await draw(chart, theme);
  }
  return mine === latest;
}

/**
 * Light copies of charts for paper. Printing doesn't wait, but nothing here
 * needs more than promises that are settled already. Returns what removes them.
 */
function drawForPaper(charts) {
  const copies = [];
  for (const chart of charts) {
    if (chart.empty) continue;
    const box = document.getElementById(`chart-${chart.section}`);
    const figure = hybrid.dom.el('div', {class: 'plot print-only'});
    box.prepend(figure);
    copies.push(figure);
    const spec = chart.spec.width === 'container' ?
      {...chart.spec, width: PAPER_WIDTH - 90} : chart.spec;
    globalThis.vegaEmbed(figure, spec,
      {...options('light', chart.name), actions: false, tooltip: false})
      .catch(() => figure.remove());  // the page has said why
  }
  return () => copies.forEach((figure) => figure.remove());
}

hybrid.draw = {drawAll, drawForPaper, PAPER_WIDTH};
})();
