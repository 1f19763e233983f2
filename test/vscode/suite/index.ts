// The standard entry of tests inside the extension host: runs mocha over what is bundled here, and fails where a test fails.
import { execFileSync } from 'node:child_process';
import { format } from 'node:util';
import { load } from './extension.suite';

export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  // Marked, so that the runner can tell the tests' lines from the editor's own.
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => console.log(format(...parts).replace(/^/gm, '[mocha] '));
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, reporter: 'spec', color: false });
  mocha.suite.emit('pre-require', globalThis, 'suite', mocha);
  load({
    servers: () => execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n').flatMap((line) => {
      const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return Number(parent) === process.pid && /dist.server\.js/.test(args ?? '') ? [Number(pid)] : [];
    }),
    kill: (pid) => { process.kill(pid, 'SIGKILL'); },
  });
  await new Promise<void>((done, fail) => {
    const runner = mocha.run((failures) => failures > 0 ? fail(new Error(`${failures} failed`)) : done());
    if (runner.total === 0) fail(new Error('no tests were found'));
  });
}
