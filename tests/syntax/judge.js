// Compiles each script as a browser does before it runs one, and says why it cannot; runs none of them.
// Reads a JSON array of sources from stdin, writes null or node's complaint for each to stdout.
'use strict';
const vm = require('vm');

function complaint(source) {
    try {
        new vm.Script(source);
        return null;
    } catch (error) {
        return String(error);
    }
}

const sources = JSON.parse(require('fs').readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(sources.map(complaint)));
