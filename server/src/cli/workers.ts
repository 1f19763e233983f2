// Worker threads for runs over many files: each is the program itself, started with a setup.
import { availableParallelism } from 'node:os';
import { Worker, type MessagePort } from 'node:worker_threads';
import { checker, onePool, type Job, type Outcome, type Pool, type Setup } from './pipeline';

/** Starting a worker takes about as long as checking so many articles. */
const PER_WORKER = 12;

/** What a worker is told at its start: the setup, so that it knows it is one of ours. */
export interface WorkerData { readonly caveat: Setup }

/** The worker's side: answers each job. */
export function serveWorker(port: MessagePort, { caveat }: WorkerData): void {
  const check = checker(caveat);
  let queue = Promise.resolve();
  port.on('message', (job: Job) => { queue = queue.then(async () => port.postMessage(await check(job))); });
}

/** Checks in as many threads as there are cores, where there are enough files for it. A thread that dies costs its file only. */
export function workerPool(program: string, setup: Setup): Pool {
  return {
    async run(jobs, done) {
      const threads = Math.min(availableParallelism(), Math.floor(jobs.length / PER_WORKER), 16);
      if (threads < 2) return onePool(setup).run(jobs, done);
      const waiting = [...jobs].reverse();
      await Promise.all(Array.from({ length: threads }, async () => {
        while (waiting.length > 0) await oneWorker(program, setup, waiting, done);
      }));
    },
  };
}

/** One worker's life: until nothing waits, or it dies. */
function oneWorker(program: string, setup: Setup, waiting: Job[], done: (outcome: Outcome) => void): Promise<void> {
  return new Promise((ended) => {
    const worker = new Worker(program, { workerData: { caveat: setup } satisfies WorkerData });
    let current = waiting.pop();
    let failure = 'the program ended on it';
    worker.on('message', (outcome: Outcome) => {
      current = waiting.pop();
      done(outcome);
      if (current) worker.postMessage(current);
      else void worker.terminate();
    });
    worker.on('error', (error) => { failure = error.message; });
    worker.on('exit', () => {
      if (current) done({ path: current.path, told: [], packs: [], problem: `could not be checked: ${failure}` });
      ended();
    });
    if (current) worker.postMessage(current);
    else void worker.terminate();
  });
}
