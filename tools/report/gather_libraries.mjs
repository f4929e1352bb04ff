// gather_libraries.mjs NODE_MODULES OUT_DIR: copies the browser builds of Vega,
// Vega-Lite and Vega-Embed, each a classic script that sets one global. The
// builds bundle their dependencies, whose licences ask to be kept: the first
// one starts with those of all packages.
import fs from 'node:fs';
import path from 'node:path';

const LIBRARIES = ['vega', 'vega-lite', 'vega-embed'];

/** The names of all packages in node_modules, with their scopes, in order. */
function packagesIn(modules) {
  const names = [];
  for (const entry of fs.readdirSync(modules, {withFileTypes: true})) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    if (!entry.name.startsWith('@')) {
      names.push(entry.name);
      continue;
    }
    for (const scoped of fs.readdirSync(path.join(modules, entry.name))) {
      names.push(`${entry.name}/${scoped}`);
    }
  }
  return names.sort();
}

/** Each licence text once, below the names of the packages that have it. */
function licencesOf(modules) {
  const users = new Map();
  for (const name of packagesIn(modules)) {
    const folder = path.join(modules, name);
    const file =
        fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const {license, version} =
        JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() :
                        `Licence: ${license}`;
    users.set(text, [...(users.get(text) ?? []), `${name} ${version}`]);
  }
  return [...users].map(([text, names]) => `${names.join(', ')}\n\n${text}`)
      .join(`\n\n${'-'.repeat(72)}\n\n`);
}

const [modules, out] = process.argv.slice(2);
fs.mkdirSync(out, {recursive: true});
const licences = licencesOf(modules).replaceAll('*/', '* /');
for (const name of LIBRARIES) {
  const build = path.join(modules, name, 'build', `${name}.min.js`);
  const head = name === LIBRARIES[0] ? `/*!\n${licences}\n*/\n` : '';
  fs.writeFileSync(path.join(out, `${name}.min.js`),
                   head + fs.readFileSync(build, 'utf8'));
}
