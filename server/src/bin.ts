import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { run } from './cli/run';
import { serveWorker, workerPool, type WorkerData } from './cli/workers';

const { stdin, stdout, stderr, env } = process;
const program = fileURLToPath(import.meta.url);
const never = new Promise<never>(() => {});

async function readAll(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A bar on standard error, drawn at most some times a second and wiped at the end. */
function progressBar(): (done: number, all: number) => void {
  let last = 0;
  return (done, all) => {
    if (done >= all) return void (last > 0 && stderr.write('\r\u001b[K'));
    if (Date.now() - last < 100) return;
    last = Date.now();
    const width = Math.max(10, Math.min(40, (stderr.columns ?? 80) - 30));
    const full = Math.round(width * done / all);
    stderr.write(`\r\u001b[K${'█'.repeat(full)}${'░'.repeat(width - full)} ${done} of ${all}`);
  };
}

function main(): void {
  // A reader that stops early (`caveat check . | head`) is no fault.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
  void run(process.argv.slice(2), {
    cwd: process.cwd(),
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    colour: stdout.isTTY === true && !env['NO_COLOR'],
    columns: Math.min(stdout.columns ?? 120, 140),
    serve: async () => (await import('./node'), never),
    stdin: readAll,
    pool: (setup) => workerPool(program, setup),
    ...(stderr.isTTY && { progress: progressBar() }),
    ci: !!env['CI'] && env['CI'] !== 'false',
    today: () => new Date().toISOString().slice(0, 10),
    build: `${statSync(program).mtimeMs}:${statSync(program).size}`,
  }).then((code) => { process.exitCode = code; });
}

if (isMainThread) main();
else if (parentPort) serveWorker(parentPort, workerData as WorkerData);
