// Runs scripts in fresh contexts and says what their global variables hold in the end.
// Reads a JSON array of { source, names } from stdin, writes one answer per script to stdout.
'use strict';
const vm = require('vm');

function told(value, above) {
    if (value === undefined) return { kind: 'undefined' };
    if (value === null) return { kind: 'null' };
    if (typeof value === 'boolean') return { kind: 'boolean', value };
    if (typeof value === 'number') return { kind: 'number', value: Object.is(value, -0) ? '-0' : String(value) };
    if (typeof value === 'string') return value.isWellFormed() ? { kind: 'string', value } : { kind: 'odd' };
    if (typeof value !== 'object') return { kind: typeof value };
    if (above.includes(value)) return { kind: 'circular' };
    const path = [...above, value];
    if (Array.isArray(value)) return { kind: 'array', items: Array.from(value, item => told(item, path)) };
    const tag = Object.prototype.toString.call(value);
    if (tag !== '[object Object]') return { kind: 'exotic' };
    const members = {};
    for (const [key, member] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
        if (member.enumerable) members[`.${key}`] = 'value' in member ? told(member.value, path) : { kind: 'accessor' };
    }
    return { kind: 'object', members };
}

function judged({ source, names }) {
    const sandbox = { yes: true, no: false, elsewhere: { a: 1, b: { c: 'x' } }, console };
    sandbox.window = sandbox;
    sandbox.self = sandbox;
    const given = Object.keys(sandbox);
    vm.createContext(sandbox);
    let throws = null;
    try {
        vm.runInContext(source, sandbox);
    } catch (error) {
        throws = String(error);
    }
    const values = {};
    for (const name of names) {
        try {
            values[name] = told(vm.runInContext(name, sandbox), [sandbox]);
        } catch (error) {
            values[name] = { kind: 'missing' };
        }
    }
    return { throws, values, made: Object.keys(sandbox).filter(name => !given.includes(name)) };
}

let input = '';
process.stdin.on('data', chunk => { input += chunk; });
process.stdin.on('end', () => process.stdout.write(JSON.stringify(JSON.parse(input).map(judged))));
