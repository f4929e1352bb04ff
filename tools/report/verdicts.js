// How verdicts are shown: by a symbol and a word, never by colour alone.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

let known = new Map();

/** Takes the page's list of verdicts, before any can be shown. */
function use(verdicts) {
  known = new Map(verdicts.map((verdict) => [verdict.name, verdict]));
}

/** How a verdict is shown; by a dot and its name if the list lacks it. */
const of = (name) => known.get(name) || {name, symbol: '·', word: String(name)};
/** A verdict's symbol and word: "★ best". */
const text = (name) => `${of(name).symbol} ${of(name).word}`;

hybrid.verdicts = {use, of, text};
})();
