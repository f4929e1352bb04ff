// render.mjs DATA.json CHARTS_DIR OUT_DIR: draws every chart of the page as
// OUT_DIR/NAME.svg, without a browser. CHARTS_DIR is the folder of the page,
// with specs/ and the libraries.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

const WIDTH = 860;  // pixels, of charts that adapt to their container

function fail(message) {
  console.error(`render.mjs: ${message}`);
  process.exit(2);
}

const runScript = (file) =>
  vm.runInThisContext(fs.readFileSync(file, 'utf8'), {filename: file});

/** Runs the page's scripts that need no page, charts.js before the charts. */
function loadCharts(folder) {
  const others = fs.readdirSync(folder)
    .filter((name) => /^chart_.*\.js$/.test(name)).sort();
  for (const name of ['vega.min.js', 'vega-lite.min.js', 'selection.js',
                      'theme.js', 'verdicts.js', 'charts.js', ...others]) {
    runScript(path.join(folder, name));
  }
}

function loadSpecs(folder) {
  const specs = {};
  for (const name of fs.readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    specs[path.basename(name, '.json')] =
      JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  }
  return specs;
}

/** A chart's specification for a file: with its title and a background. */
function standalone({spec, title, note}) {
  return {
    ...spec,
    ...(spec.width === 'container' ? {width: WIDTH} : {}),
    background: '#ffffff', padding: 12,
    title: {
      text: title, subtitle: note ? wrap(note, 130) : [], anchor: 'start',
      fontSize: 15, subtitleFontSize: 11, subtitleColor: '#57606a', offset: 14,
    },
  };
}

/** `text` in lines of no more than `columns` characters, if words allow it. */
function wrap(text, columns) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length >= columns) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

async function toSvg(spec) {
  const compiled = globalThis.vegaLite.compile(spec).spec;
  const runtime = globalThis.vega.parse(compiled);
  const view = new globalThis.vega.View(runtime, {renderer: 'none'});
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

/** Writes a chart's file whole or not at all, with a title for its readers. */
function save(folder, chart, svg) {
  const escaped = chart.title.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const titled = svg.replace(/(<svg[^>]*>)/, `$1<title>${escaped}</title>`);
  const file = path.join(folder, `${chart.name}.svg`);
  fs.writeFileSync(`${file}.new`, `${titled}\n`);
  fs.renameSync(`${file}.new`, file);
}

const [dataFile, chartsFolder, outFolder, ...rest] = process.argv.slice(2);
if (!outFolder || rest.length) {
  fail('usage: render.mjs DATA.json CHARTS_DIR OUT_DIR');
}
let data, specs;
try {
  data = JSON.parse(fs.readFileSync(dataFile, 'utf8'));
} catch (error) {
  fail(`${dataFile}: ${error.message}`);
}
try {
  loadCharts(chartsFolder);
  specs = loadSpecs(path.join(chartsFolder, 'specs'));
} catch (error) {
  fail(`${chartsFolder}: ${error.message}`);
}
const charts = globalThis.hybrid.charts.buildAll(
  data, specs, {width: WIDTH, theme: 'light'});
if (!charts.length) {
  fail(`${dataFile}: there is nothing to draw: no rows of the family Hybrid`);
}
for (const chart of charts) {
  let svg;
  try {
    svg = await toSvg(standalone(chart));
  } catch (error) {
    fail(`specs/${chart.section}.json can't be drawn: ${error.message}`);
  }
  try {
    fs.mkdirSync(outFolder, {recursive: true});
    save(outFolder, chart, svg);
  } catch (error) {
    fail(`${outFolder}: ${error.message}`);
  }
}
console.log(`${charts.length} charts in ${outFolder}`);
