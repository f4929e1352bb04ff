// Phase bars: how the workers of each split spend the time of a batch.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

const PHASES = ['load', 'operate', 'idle'];
/** Bars are cut at this many times the best time: longer ones hide others. */
const CUT = 4;
/** Pixels beside the longest bar for its time, and left of the bars. */
const TEXT_WIDTH = 80;
const AXIS_WIDTH = 60;

function barsOf(split, base, limit, factor) {
  const {time, percent, isNumber} = hybrid.format;
  let from = 0;
  const bars = [];
  for (const phase of PHASES) {
    const share = split.evidence ? split.evidence[`${phase}_share`] : null;
    if (!isNumber(share)) continue;
    const to = from + share * split.median_s * factor;
    bars.push({
      ...base, phase, from: Math.min(from, limit), to: Math.min(to, limit),
      share_text: percent(share), time_text: time(share * split.median_s),
    });
    from = to;
  }
  return bars;
}

function make({choice, width}) {
  const {isNumber, splitTime, timeUnit, verdict} = hybrid.format;
  const {group} = choice;
  if (!group) return {empty: 'No splits were measured.'};
  const timed = group.splits.filter((split) => isNumber(split.median_s))
    .sort((a, b) => a.median_s - b.median_s);
  if (!timed.length) {
    return {empty: 'No split completed a batch here, so there is no time to ' +
      'divide into phases: all are capped or failed.'};
  }
  const best = timed[0].median_s, worst = timed[timed.length - 1].median_s;
  const {name: unit, factor} = timeUnit(Math.min(worst, CUT * best));
  const limit = Math.min(worst, CUT * best) * factor;
  const rest = group.splits.filter((split) => !isNumber(split.median_s));
  const phases = [], totals = [];
  [...timed, ...rest].forEach((split, order) => {
    const name = `${verdict(split.verdict).symbol} ${split.label}`;
    const base = {name, order, label: split.label};
    const completed = isNumber(split.median_s);
    const end = completed ? split.median_s * factor : 0;
    const cut = end > limit * 1.0001;
    if (completed) phases.push(...barsOf(split, base, limit, factor));
    totals.push({...base, completed, end: Math.min(end, limit),
                 text: `${cut ? '▸ ' : ''}${splitTime(split)}`});
  });
  const plot = (width || 860) - AXIS_WIDTH;
  const notes = [];
  if (worst > CUT * best * 1.0001) {
    notes.push(`▸ marks bars that are cut at ${CUT} times the best split's ` +
               'time.');
  }
  if (!phases.length) notes.push('The files hold no phases.');
  return {
    title: `Where the time goes, n=${group.n} batch=${group.batch}`,
    note: notes.join(' '),
    nameParts: [`n${group.n}`, `batch${group.batch}`],
    description: `Stacked bars of load, operate and idle time per split for ` +
      `n=${group.n}, batch=${group.batch}. The evidence table holds the same ` +
      `figures.`,
    datasets: {phases, totals},
    params: {limit, room: plot / Math.max(1, plot - TEXT_WIDTH),
             axis_title: `median time of a batch (${unit})`},
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
