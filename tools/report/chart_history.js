// History: the median of each run, for the chosen results' splits.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** Of more splits than this those with steps or the best times are shown. */
const MOST_CHARTS = 12;
/** Widths in pixels: of a chart, of its axis, and of the gap to the next. */
const CHART = {least: 200, most: 400, axis: 64, gap: 36};

/** The points of one series; `order` is its chart's place. */
function pointsOf(series, order, runs) {
  return series.points.map((point) => {
    const run = runs[point.run];
    const step = series.steps.find((one) => one.run === point.run);
    return {
      series: series.split, order, run: point.run, median: point.median_s,
      low: point.low_s, high: point.high_s, run_text: run.name,
      commit: run.git_commit || '–', time_text: point.time_text,
      range_text: point.range_text, step: step ? step.label : '',
    };
  });
}

/** Each chart's width, and how many stand in a row, for `width` (0: free). */
function layout(width, charts) {
  if (!width) return {each: CHART.most, perRow: Math.min(3, charts)};
  const fit = Math.max(1, Math.min(charts, 3,
    Math.floor((width + CHART.gap) / (CHART.least + CHART.axis + CHART.gap))));
  const perRow = Math.ceil(charts / Math.ceil(charts / fit));
  const each = Math.floor((width - CHART.gap * (perRow - 1)) / perRow) -
    CHART.axis;
  return {each: Math.min(CHART.most, each), perRow};
}

function make({data, choice, width}) {
  const {group} = choice;
  if (data.runs.length < 2) {
    return {empty: `One run has no history. Give hybrid-report the files of ` +
      `several runs to see how times change from one to the next.`};
  }
  if (!data.history.length || !group) {
    return {empty: 'No configuration was measured in two runs or more.'};
  }
  const at = data.groups.indexOf(group);
  const fits = data.history.filter(({groups}) => groups.includes(at));
  if (!fits.length) {
    return {empty: `No split of ${group.details} was measured in two runs ` +
      'or more.'};
  }
  const place = (series) => {
    const found =
      group.splits.findIndex(({label}) => label === series.split);
    return found < 0 ? Infinity : found;
  };
  const shown = [...fits].sort((a, b) =>
    (b.steps.length > 0) - (a.steps.length > 0) || place(a) - place(b))
    .slice(0, MOST_CHARTS).sort((a, b) => place(a) - place(b));
  const history = shown.flatMap((series, order) =>
    pointsOf(series, order, data.runs));
  const {each, perRow} = layout(width, shown.length);
  return {
    title: `History, ${group.details}`,
    note: (fits.length > shown.length ?
      `Of ${fits.length} splits the ${shown.length} with steps or the best ` +
      'times are shown. ' : '') +
      'Each chart has a scale of its own.',
    nameParts: hybrid.selection.nameParts(hybrid.selection.details(data),
                                          group),
    description: `Median time of a batch in each run for ${group.details}, ` +
      'one chart per split; steps are marked.',
    datasets: {history},
    params: {run_names: data.runs.map(({name}) => name)},
    adjust(spec) {
      spec.columns = perRow;
      spec.spec.width = each;
    },
  };
}

hybrid.charts.makers.history = make;
})();
