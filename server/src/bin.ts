import { run } from './cli/run';

const { stdout, stderr, env } = process;
const never = new Promise<never>(() => {});

// A reader that stops early (`caveat check . | head`) is no fault.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));

void run(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(text),
  colour: stdout.isTTY === true && !env['NO_COLOR'],
  columns: Math.min(stdout.columns ?? 120, 140),
  serve: async () => (await import('./node'), never),
}).then((code) => { process.exitCode = code; });
