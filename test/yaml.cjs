// Packs are imported as modules: the bundler turns YAML into data, and so does this hook when the sources run unbundled.
const { readFileSync } = require('node:fs');
const { parse } = require('yaml');
require.extensions['.yaml'] = (module, file) => { module.exports = parse(readFileSync(file, 'utf8')); };
