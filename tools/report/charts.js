// The list of charts: which there are for a choice of results, each as a
// Vega-Lite specification with its data put in. Pure: no page is needed.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/**
 * Chart makers by section; files chart_*.js add theirs. One is called with
 * {data, choice, width, theme} and returns {empty}, why there is no chart, or
 * {title, note, nameParts, description, datasets, params, adjust(spec)}.
 */
const makers = {};
const SECTIONS = ['heatmap', 'phases', 'throughput', 'history'];

/**
 * A copy of a specification with `datasets` put in by name, the parameters
 * that it declares set, and the theme's colours.
 */
function fill(spec, {datasets, params, theme, description}) {
  const filled = JSON.parse(JSON.stringify(spec));
  const values = {...hybrid.theme.params(theme), ...params};
  for (const param of filled.params || []) {
    if (param.name in values) param.value = values[param.name];
  }
  filled.datasets = datasets;
  filled.config = {...hybrid.theme.config(theme), ...filled.config};
  if (description) filled.description = description;
  return filled;
}

/** A chart's name for files: what tells its choice from others, nothing odd. */
function nameOf(kind, data, choice, parts) {
  const several = hybrid.selection.choosers(data).filter(({key, always}) =>
    always || new Set(data.groups.map(({values}) => values[key])).size > 1);
  const words =
    [kind, ...several.map(({key}) => choice.values[key]), ...parts];
  return words.join('_').replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^\.+/, '').slice(0, 120);
}

/**
 * One section's chart for a choice: {section, name, title, note, spec}, or
 * {section, empty} that says why there is none. `options`: {width (pixels, or
 * 0: free), theme ('light' or 'dark')}.
 */
function make(section, data, specs, choice, options) {
  const made = makers[section]({data, choice, ...options});
  if (made.empty) return {section, empty: made.empty, note: made.note || ''};
  if (!specs[section]) {
    return {section, empty: `There is no specs/${section}.json to draw by.`};
  }
  const spec = fill(specs[section], {...made, theme: options.theme});
  if (made.adjust) made.adjust(spec);
  return {
    section, spec, title: made.title, note: made.note || '',
    name: nameOf(section, data, choice, made.nameParts),
  };
}

/** The charts of one choice, one per section. */
function build(data, specs, choice, options) {
  return SECTIONS.map((section) =>
    make(section, data, specs, choice, options));
}

/** Every chart that some choice shows, each once, with names that differ. */
function buildAll(data, specs, options) {
  const charts = new Map();
  hybrid.verdicts.use(data.verdicts);
  for (const choice of hybrid.selection.all(data)) {
    for (const chart of build(data, specs, choice, options)) {
      if (chart.empty) continue;
      const text = JSON.stringify(chart.spec);
      let name = chart.name;
      const isTaken = () => charts.has(name) && charts.get(name).text !== text;
      for (let i = 2; isTaken(); ++i) name = `${chart.name}-${i}`;
      charts.set(name, {...chart, name, text});
    }
  }
  return [...charts.values()].map(({text, ...chart}) => chart);
}

hybrid.charts = {SECTIONS, makers, build, buildAll, make};
})();
