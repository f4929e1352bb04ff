// Phase bars: how the workers of each split spend the time of a batch.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** Bars are cut at this many times the best time: longer ones hide others. */
const CUT = 4;
/** A bar is cut if it is longer than allowed by more than rounding. */
const ROUNDING = 1.0001;
/** Pixels beside the longest bar, for its time. */
const TEXT_WIDTH = 80;
/** Pixels left of the bars, for the splits' names. */
const AXIS_WIDTH = 60;

/** A split's phases, one behind the other and cut at `limit`, with `base`. */
function barsOf(split, base, limit) {
  let from = 0;
  return split.phases.map(({phase, seconds, share_text, time_text}) => {
    const to = from + seconds;
    const bar = {...base, phase, from: Math.min(from, limit),
                 to: Math.min(to, limit), share_text, time_text};
    from = to;
    return bar;
  });
}

function make({data, choice, width}) {
  const {group} = choice;
  if (!group) return {empty: 'No splits were measured.'};
  const timed = group.splits.filter(({completed}) => completed)
    .sort((a, b) => a.median_s - b.median_s);
  if (!timed.length) {
    return {empty: 'No split completed a batch here, so there is no time to ' +
      'divide into phases: all are capped or failed.'};
  }
  const best = timed[0].median_s, worst = timed[timed.length - 1].median_s;
  const limit = Math.min(worst, CUT * best);
  const rest = group.splits.filter(({completed, verdict}) =>
    !completed && verdict !== 'not_run');
  const phases = [], totals = [];
  [...timed, ...rest].forEach((split, order) => {
    const name =
      `${hybrid.verdicts.of(split.verdict).symbol} ${split.label}`;
    const base = {name, order, label: split.label};
    const end = split.completed ? split.median_s : 0;
    const cut = end > limit * ROUNDING;
    if (split.completed) phases.push(...barsOf(split, base, limit));
    totals.push({...base, completed: split.completed,
                 end: Math.min(end, limit),
                 text: `${cut ? '▸ ' : ''}${split.time_text}`});
  });
  const plot = (width || 860) - AXIS_WIDTH;
  const notes = [];
  if (worst > CUT * best * ROUNDING) {
    notes.push(`▸ marks bars that are cut at ${CUT} times the best split's ` +
               'time.');
  }
  if (!phases.length) notes.push('The files hold no phases.');
  return {
    title: `Where the time goes, ${group.details}`,
    note: notes.join(' '),
    nameParts: hybrid.selection.nameParts(hybrid.selection.details(data),
                                          group),
    description: `Stacked bars of load, operate and idle time per split for ` +
      `${group.details}. The evidence table holds the same figures.`,
    datasets: {phases, totals},
    params: {limit, room: plot / Math.max(1, plot - TEXT_WIDTH)},
    adjust(spec) {
      // Vega-Lite warns of a height by step beside a width by container.
      if (spec.height && spec.height.step) {
        spec.height = spec.height.step * totals.length;
      }
    },
  };
}

hybrid.charts.makers.phases = make;
})();
