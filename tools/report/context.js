// Context: runs, flags, noise floors, what words mean, the answer as text.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** Words and their meanings; verdicts and dimensions bring their own words. */
const DICTIONARY = [
  ['batch', 'a number of independent tasks; its time is what is compared'],
  ['task', 'making two n × n matrices and multiplying them'],
  ['split', 'workers × BLAS threads: processes, and threads of each'],
  ['oversubscribed', 'workers × BLAS threads exceed the usable cores'],
  ['speed-up', 'tasks per second over those of 1×1 of the same group'],
  ['spread', 'half the range of the repetitions, over their median'],
  ['noise floor', 'how much two measurements of the same differ by chance, ' +
    'from launch to launch; nothing below it is claimed'],
  ['p-value', 'how likely a difference this large is by chance (Welch; of ' +
    'launches, by the race of all splits)'],
  ['pays off from', 'tasks from which the best beats 1×1, starting its ' +
    'workers included'],
  ['ceilings', 'measured FMA peak and triad bandwidth of this machine'],
];

/** All words that the page explains, with their meanings. */
const words = (data) => [
  ...DICTIONARY,
  ...data.verdicts.map(({symbol, word, meaning}) =>
    [`${symbol} ${word}`, meaning]),
  ...data.dimensions.filter(({meaning}) => meaning)
    .map(({label, meaning}) => [label, meaning]),
];

function runsTable(data) {
  const {el, table} = hybrid.dom;
  return table({
    kind: 'runs', caption: 'Runs',
    head: ['run', 'host', 'began (UTC)', 'ended (UTC)', 'commit', 'rows',
           'file', 'flags', 'run id'],
    rows: data.runs.map((run) => [
      run.name, run.host, run.start_utc, run.end_utc,
      el('code', {}, run.git_commit || '–'),
      el('td', {class: 'num'}, run.rows), run.file,
      el('code', {}, run.flags || '–'), el('code', {}, run.run_id)]),
  });
}

function fill(data) {
  const {el, replace} = hybrid.dom;
  replace(document.getElementById('context-body'),
    el('details', {id: 'plain'}, el('summary', {}, 'The answer as plain text'),
      el('pre', {class: 'plain', tabindex: '0'}, data.answer_text ||
        'There is no answer: no rows of the family Hybrid.')),
    el('details', {}, el('summary', {},
      `Runs, flags and run ids (${data.runs.length})`), runsTable(data)),
    el('details', {open: true}, el('summary', {}, 'What the words mean'),
      el('dl', {class: 'dictionary'}, words(data).map(([word, meaning]) =>
        el('div', {}, el('dt', {}, word), el('dd', {}, meaning))))));
}

hybrid.context = {fill};
})();
