// Runs each script as the first one of a page, and says what stops it.
// Reads a JSON array of sources from stdin, writes null or the kind of node's exception for each to stdout.
'use strict';
const vm = require('vm');

const PAGE = `var window = globalThis, self = globalThis, location = { host: '', hostname: '' }, document = {},
    navigator = {}, console = { log() {} };`;

function stopped(source) {
    const page = vm.createContext({});
    vm.runInContext(PAGE, page);
    try {
        vm.runInContext(source, page);
        return null;
    } catch (error) {
        return error.name;
    }
}

const sources = JSON.parse(require('fs').readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(sources.map(stopped)));
