// The page: reads its data, keeps its state in the URL's hash, draws.
(function() {
'use strict';
const hybrid = globalThis.hybrid;
const root = document.documentElement;

const data = JSON.parse(document.getElementById('data').textContent);
const specs = {};
for (const script of document.querySelectorAll('script[id^="spec-"]')) {
  specs[script.id.slice('spec-'.length)] = JSON.parse(script.textContent);
}

hybrid.verdicts.use(data.verdicts);
let state = hybrid.selection.parseHash(location.hash);
let rows = null, onPaper = null, lastWidth = 0;
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const chartWidth = () => document.getElementById('chart-heatmap').clientWidth;
const charts = (choice, width, colours) => hybrid.charts.build(
  data, specs, choice, {width, theme: colours});

/** What the state asks for, else what the reader's system does. */
function theme() {
  if (['light', 'dark'].includes(state.theme)) return state.theme;
  return prefersDark.matches ? 'dark' : 'light';
}

/** The sections that show splits: without any the answer says why. */
const OF_SPLITS = ['heatmap', 'phases', 'throughput', 'evidence'];

const resolve = () => hybrid.selection.resolve(data, state);

/**
 * Changes the state, and puts it into the address with the choice that it leads
 * to, so that a link says it all.
 */
function remember(change) {
  state = {...state, ...change};
  const {values} = resolve();
  const hash = hybrid.selection.formatHash({...state, ...values});
  try {
    history.replaceState(null, '', hash);
  } catch {  // some browsers forbid it for files
    location.hash = hash;
  }
}

function pick(key, value) {
  remember({[key]: value});
  update();
}

function showTheme() {
  const dark = theme() === 'dark';
  root.dataset.theme = theme();
  const button = document.getElementById('theme');
  button.setAttribute('aria-pressed', String(dark));
  button.textContent = dark ? 'Light' : 'Dark';
  button.setAttribute('aria-label', `${dark ? 'Light' : 'Dark'} colours`);
}

function showChoice(choice) {
  const {group, values} = choice;
  const link = (other) => hybrid.selection.formatHash(
    {...state, ...values, ...other.values});
  for (const id of OF_SPLITS) document.getElementById(id).hidden = !group;
  hybrid.controls.fill(data, choice, pick);
  hybrid.answer.fill(data, choice, link);
  hybrid.evidence.fill(data, choice);
  hybrid.steps.fill(data, choice);
  document.getElementById('choice').textContent = group ?
    hybrid.selection.choosers(data).map(({key, label}) =>
      `${label} ${values[key]}`).join(' · ') : '';
  for (const place of document.querySelectorAll('h2 .of')) {
    const across = place.closest('section').id === 'throughput';
    if (!group) place.textContent = '';
    else if (across) place.textContent = hybrid.selection.restText(data, group);
    else place.textContent = group.details;
  }
}

/**
 * Shows what the state says. When all is drawn, marks the page ready, with the
 * time that it took.
 */
async function update() {
  delete root.dataset.ready;
  showTheme();
  const choice = resolve();
  showChoice(choice);
  lastWidth = chartWidth();
  const whole = await hybrid.draw.drawAll(
    charts(choice, lastWidth, theme()), theme());
  if (!whole) return;
  root.dataset.ms = String(Math.round(performance.now()));
  root.dataset.width = String(root.scrollWidth);
  root.dataset.window = String(root.clientWidth);
  root.dataset.ready = '1';
}

// Vega's references to gradients break on an address that ends in a bare #.
if (location.href.endsWith('#')) remember({});

hybrid.header.fill(data);
hybrid.context.fill(data);
hybrid.others.fill(data);
showTheme();
rows = hybrid.rows.create(data, state, (change) => remember(change));

document.getElementById('theme').addEventListener('click', () => {
  remember({theme: theme() === 'dark' ? 'light' : 'dark'});
  update();
});
prefersDark.addEventListener('change', update);
addEventListener('hashchange', () => {
  const next = hybrid.selection.parseHash(location.hash);
  // A link to a section of the page is no state.
  if (document.getElementById(decodeURIComponent(location.hash.slice(1)))) {
    return;
  }
  state = next;
  rows.apply(state);
  update();
});
let waiting = 0;
addEventListener('resize', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (!onPaper && chartWidth() !== lastWidth) update();
  }, 150);
});

addEventListener('beforeprint', () => {
  const closed = [...document.querySelectorAll('main details:not([open])')];
  closed.forEach((one) => { one.open = true; });
  rows.print(true);
  const remove = hybrid.draw.drawForPaper(
    charts(resolve(), hybrid.draw.PAPER_WIDTH, 'light'));
  onPaper = () => {
    remove();
    rows.print(false);
    closed.forEach((one) => { one.open = false; });
  };
});
addEventListener('afterprint', () => {
  if (onPaper) onPaper();
  onPaper = null;
});

update();
})();
