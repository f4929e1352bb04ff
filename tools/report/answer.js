// The answer: one split for all, the chosen n and batch, and the table of all.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** As many splits are named beside the best. */
const RIVALS = 2;
/** A longer table scrolls in a box of its own. */
const LONG = 16;

/** How one split fares over groups, best first: as the plain text ranks. */
function tallies(groups) {
  const {isNumber} = hybrid.format;
  const found = new Map();
  for (const split of groups.flatMap((group) => group.splits)) {
    const tally = found.get(split.label) ||
      {label: split.label, wins: 0, capped: 0, slowdown: 0, split};
    if (['best', 'tie'].includes(split.verdict)) ++tally.wins;
    if (!isNumber(split.median_s)) {
      ++tally.capped;
    } else if (isNumber(split.slowdown)) {
      tally.slowdown = Math.max(tally.slowdown, split.slowdown);
    }
    found.set(split.label, tally);
  }
  return [...found.values()].sort((a, b) => b.wins - a.wins ||
    a.capped - b.capped ||
    (a.slowdown || Infinity) - (b.slowdown || Infinity) ||
    a.split.workers - b.split.workers ||
    a.split.blas_threads - b.split.blas_threads);
}

const plural = (count, word, words) => `${count} ${count === 1 ? word : words}`;

function headline(groups) {
  const {el} = hybrid.dom;
  const [first, second] = tallies(groups);
  if (!second || !first.wins) return null;
  const {workers, blas_threads: threads} = first.split;
  const worst = first.slowdown > 1.005 ?
    `, at worst ${hybrid.format.ratio(first.slowdown)} the best one's time` :
    '';
  const where = groups.length === 1 ? 'here' :
    `in ${first.wins} of ${groups.length} combinations of n and batch`;
  return el('p', {class: 'headline'},
    el('strong', {class: 'split'}, first.label),
    el('span', {}, `${plural(workers, 'worker process', 'worker processes')} ` +
      `× ${plural(threads, 'BLAS thread', 'BLAS threads')}: fastest or tied ` +
      `${where}${worst}${first.capped ? `, capped or failed in ${first.capped}`
                                      : ''}.`));
}

const at = (group) => `n=${group.n} batch=${group.batch}`;
const splitAt = (group, index) =>
  hybrid.format.isNumber(index) ? group.splits[index] : null;

/** The chosen n and batch: what to use, and the lines to paste. */
function chosen(group) {
  const {el, copyButton} = hybrid.dom;
  const {ratio, gain} = hybrid.format;
  const best = splitAt(group, group.best);
  if (!best) {
    return el('p', {class: 'note'}, `${at(group)}: no split could be ranked.`);
  }
  const use = splitAt(group, group.recommended) || best;
  const over = group.gains.find((one) => one.split === '1×1');
  const known =
    over && ['measured', 'more_than', 'by_rate'].includes(over.kind);
  const sentence = [
    el('strong', {}, group.use.length ? `${at(group)}: use ${use.label}` :
      `${at(group)}: ${best.label} is fastest`),
    use === best || !group.use.length ? '' :
      `, which ties with ${best.label} and is not oversubscribed`,
    best.label === '1×1' ? ', no other split is faster' :
      known ? `. ${best.label} is ${gain(over)} as fast as 1×1` : '',
    group.break_even ? `; it pays off from ${group.break_even === 1 ?
      'the first task' : `${group.break_even} tasks`} on, start-up included` :
      '',
    group.ranked_by_rate ? '. No split completed: ranked by the rate reached' :
      '',
    '.',
  ];
  return el('div', {class: 'use'},
    el('p', {}, sentence),
    group.use.length ? el('div', {class: 'paste'},
      el('pre', {}, group.use.join('\n')),
      copyButton(group.use, at(group))) : null);
}

function rivals(group) {
  const {verdictMark, el} = hybrid.dom;
  const {slower} = hybrid.format;
  const found = group.splits.filter(({verdict}) =>
    ['tie', 'cannot_tell', 'too_noisy'].includes(verdict));
  if (!found.length) return '–';
  const text = (split) => `${split.label} ${slower(split.slowdown)}`;
  const rest = found.slice(RIVALS);
  return [
    found.slice(0, RIVALS).map((split) => el('div', {class: 'rival'},
      verdictMark(split.verdict, text(split)))),
    rest.length ? el('div', {class: 'rival dim',
                             title: rest.map(text).join('\n')},
      `and ${rest.length} more`) : null,
  ];
}

function gainCell(group, base) {
  const {el} = hybrid.dom;
  const gain = group.gains.find((one) => one.base.replace(/\s/g, '') === base);
  if (!gain) return el('td', {class: 'num'}, '–');
  const best = splitAt(group, group.best);
  if (best && gain.split === best.label) {
    return el('td', {class: 'num dim'}, 'is best');
  }
  const text = hybrid.format.gain(gain);
  return el('td', {class: /^[>\d]/.test(text) ? 'num' : 'num dim'}, text);
}

const BASES = [['over 1×1', '1×1'], ['over cores×1', 'cores×1'],
               ['over 1×cores', '1×cores'],
               ['over cores×cores', 'cores×cores']];

function answerRow(group, current, link) {
  const {el, verdictMark, copyButton} = hybrid.dom;
  const {number, percent, isNumber, splitTime} = hybrid.format;
  const best = splitAt(group, group.best);
  const use = splitAt(group, group.recommended);
  const head = [
    el('th', {scope: 'row', class: 'num'}, el('a', {
      href: link(group), 'aria-current': current ? 'true' : null,
      'aria-label': `Show n=${group.n} batch=${group.batch}`,
    }, group.n)),
    el('td', {class: 'num'}, group.batch)];
  if (!best) {
    return el('tr', {class: current ? 'current' : null}, head,
      el('td', {colspan: 11}, 'no split could be ranked'));
  }
  const spread = isNumber(best.spread) ? ` ±${percent(best.spread)}` : '';
  return el('tr', {class: current ? 'current' : null}, head,
    el('td', {}, verdictMark(
      best.verdict === 'capped' ? 'capped' : 'best', best.label),
    use && use !== best ? el('div', {class: 'rival'}, `use ${use.label}`) :
      null),
    el('td', {}, rivals(group)),
    el('td', {class: 'num'}, splitTime(best),
      el('span', {class: 'dim'}, spread)),
    el('td', {class: 'num'}, number(best.gflops)),
    el('td', {class: 'num'},
      percent(best.evidence && best.evidence.peak_fraction)),
    BASES.map(([, base]) => gainCell(group, base)),
    el('td', {class: 'num'}, isNumber(group.break_even) ?
      (group.break_even === 1 ? 'first task' : `${group.break_even} tasks`) :
      '–'),
    el('td', {class: 'no-print'}, group.use.length ?
      copyButton(group.use, at(group)) : '–'));
}

/** `link(group)` is the hash that shows it. */
function fill(choice, link) {
  const {el, replace, table} = hybrid.dom;
  const body = document.getElementById('answer-body');
  if (!choice.group) {
    replace(body, el('p', {class: 'note empty'},
      'No results of the family Hybrid: there is no split to choose. The raw ' +
      'rows below hold what the files have.'));
    return;
  }
  const number = (text) => el('th', {scope: 'col', class: 'num'}, text);
  replace(body, headline(choice.groups), choice.values.operation === 'none' ?
    el('p', {class: 'note empty'}, 'The operation none does nothing: these ' +
      'times are the harness\'s own cost, and no reason to choose a split.') :
    null, chosen(choice.group), table({
    kind: choice.groups.length > LONG ? 'answer long' : 'answer',
    caption: 'Best split for each n and batch',
    head: [number('n'), number('batch'), 'best', 'ties or unclear',
           number('median'), number('GFLOP/s'), number('of peak'),
           BASES.map(([title]) => number(title)), number('pays off from'),
           el('th', {scope: 'col', class: 'no-print'}, 'use')].flat(),
    rows: choice.groups.map((group) =>
      answerRow(group, group === choice.group, link)),
  }));
  const box = body.querySelector('.scroll.long');
  const row = box && box.querySelector('.current');
  if (row) box.scrollTop = row.offsetTop - box.clientHeight / 2;
}

hybrid.answer = {fill, tallies};
})();
