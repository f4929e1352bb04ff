// The answer: one split for all, the chosen group, and the table of all.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** How many splits are named beside the best. */
const RIVALS = 2;
/** A table of more rows than this scrolls in a box of its own. */
const LONG = 16;

const splitAt = (group, index) => index === null ? null : group.splits[index];

/** The split to use if it must be one for all groups of a choice. */
function headline(text) {
  const {el} = hybrid.dom;
  return text && el('p', {class: 'headline'},
    el('strong', {class: 'split'}, text.split), el('span', {}, text.text));
}

/** The chosen group: what to use, and the lines to paste. */
function chosen(group) {
  const {el, copyButton} = hybrid.dom;
  const {lead, text} = group.advice;
  if (!lead) return el('p', {class: 'note'}, text);
  return el('div', {class: 'use'},
    el('p', {}, el('strong', {}, lead), text),
    group.use.length ? el('div', {class: 'paste'},
      el('pre', {}, group.use.join('\n')),
      copyButton(group.use, group.details)) : null,
    group.notes.map((note) => el('p', {class: 'note'}, note)));
}

/** What the launches of a group say of what they may have missed. */
function statement(group) {
  const {el} = hybrid.dom;
  if (!group.statement) return null;
  return el('div', {class: 'statement'}, group.statement.map((text, place) =>
    el('p', {class: 'note'},
      `${place || !group.searched ? '' : 'Search: '}${text}.`)));
}

/** The splits of a group that may be as good as its best. */
function rivals(group) {
  const {verdictMark, el} = hybrid.dom;
  const found =
    group.splits.filter(({verdict}) => hybrid.verdicts.of(verdict).rival);
  if (!found.length) return '–';
  const text = (split) => `${split.label} ${split.slower_text}`;
  const rest = found.slice(RIVALS);
  return [
    found.slice(0, RIVALS).map((split) => el('div', {class: 'rival'},
      verdictMark(split.verdict, text(split)))),
    rest.length ? el('div', {class: 'rival dim',
                             title: rest.map(text).join('\n')},
      `and ${rest.length} more`) : null,
  ];
}

/** The row of one group; `current` if that is the chosen one. */
function answerRow(data, group, current, link) {
  const {el, verdictMark, copyButton} = hybrid.dom;
  const best = splitAt(group, group.best);
  const use = splitAt(group, group.recommended);
  const [first, ...rest] = hybrid.selection.details(data);
  const number = (text) => el('td', {class: 'num'}, text);
  const head = [
    el('th', {scope: 'row', class: 'num'}, el('a', {
      href: link(group), 'aria-current': current ? 'true' : null,
      'aria-label': `Show ${group.details}`,
    }, group.values[first.key])),
    rest.map(({key}) => number(group.values[key]))];
  if (!best) {
    return el('tr', {class: current ? 'current' : null}, head,
      el('td', {colspan: 7 + data.gain_columns.length},
        'no split could be ranked'));
  }
  return el('tr', {class: current ? 'current' : null}, head,
    el('td', {}, verdictMark(best.verdict, best.label),
      use && use !== best ? el('div', {class: 'rival'}, `use ${use.label}`) :
        null),
    el('td', {class: 'no-print'}, group.use.length ?
      copyButton(group.use, group.details) : '–'),
    el('td', {}, rivals(group)),
    el('td', {class: 'num'}, best.time_text,
      el('span', {class: 'dim'}, ` ${best.spread_text}`),
      best.levels_text ? el('div', {class: 'levels', title: best.levels_text},
        'bimodal') : null),
    number(best.gflops_text), number(best.peak_text),
    group.gains.map(({text, dim}) =>
      el('td', {class: dim ? 'num dim' : 'num'}, text)),
    number(group.pays_off));
}

/** Why there is no split to choose. */
function noAnswer(data) {
  const others = hybrid.others.families(data);
  const why = 'No results of the family Hybrid, which alone compares splits: ' +
    'there is no split to choose. ';
  return others.length ?
    `${why}What there is of ${others.join(', ')} stands below.` :
    `${why}The files hold no rows.`;
}

/** Fills the section for a choice; `link(group)` is the hash that shows one. */
function fill(data, choice, link) {
  const {el, replace, table} = hybrid.dom;
  const body = document.getElementById('answer-body');
  if (!choice.group) {
    replace(body, el('p', {class: 'note empty'}, noAnswer(data)));
    return;
  }
  const {headline: heading, note} = choice.choice;
  const labels = hybrid.selection.details(data).map(({label}) => label);
  const number = (text) => el('th', {scope: 'col', class: 'num'}, text);
  replace(body, headline(heading),
    note ? el('p', {class: 'note empty'}, note) : null,
    chosen(choice.group), statement(choice.group), table({
      kind: choice.groups.length > LONG ? 'answer long' : 'answer',
      caption: `Best split for each ${labels.join(' and ')}`,
      // The lines to use stand in front, where a narrow window shows them.
      head: [labels.map(number), 'best',
             el('th', {scope: 'col', class: 'no-print'}, 'use'),
             'ties or unclear', number('median'),
             number('GFLOP/s'), number('of peak'),
             data.gain_columns.map((base) =>
               number(`over ${base.replaceAll(' ', '')}`)),
             number('pays off from')].flat(),
      rows: choice.groups.map((group) =>
        answerRow(data, group, group === choice.group, link)),
    }));
  const box = body.querySelector('.scroll.long');
  const row = box && box.querySelector('.current');
  if (row) box.scrollTop = row.offsetTop - box.clientHeight / 2;
}

hybrid.answer = {fill};
})();
