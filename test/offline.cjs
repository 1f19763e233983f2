// Preloaded into a process: everything that could reach a network throws, and is written down first. What speaks to a
// parent process over its standard streams or over a channel that it was started with is no network.
'use strict';
const { appendFileSync } = require('node:fs');

const log = process.env.CAVEAT_TEST_SOCKETS;
const forbidden = (what) => function forbiddenByTest() {
  if (log) appendFileSync(log, `${what}\n`);
  throw new Error(`${what} is forbidden in this test`);
};
const forbid = (name, methods) => {
  const api = require(`node:${name}`);
  for (const method of methods) if (typeof api[method] === 'function') api[method] = forbidden(`${name}.${method}`);
};

forbid('net', ['connect', 'createConnection', 'createServer']);
require('node:net').Socket.prototype.connect = forbidden('net.Socket.connect');
require('node:net').Server.prototype.listen = forbidden('net.Server.listen');
forbid('tls', ['connect', 'createServer']);
forbid('http', ['request', 'get', 'createServer']);
forbid('https', ['request', 'get', 'createServer']);
forbid('http2', ['connect', 'createServer', 'createSecureServer']);
forbid('dgram', ['createSocket']);
const lookups = ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveTxt', 'reverse'];
forbid('dns', lookups);
forbid('dns/promises', lookups);
for (const name of ['fetch', 'WebSocket', 'EventSource']) if (name in globalThis) Object.defineProperty(globalThis, name, { value: forbidden(name) });
require('node:module').syncBuiltinESMExports();
