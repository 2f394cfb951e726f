/**
 * Parsing in child processes, so that no letter can take the server with it.
 *
 * Not worker threads: their limits do not bound Buffers, and a native crash takes the process along. A
 * child is watched from outside; one that is too slow, too large or dead is replaced, and only the
 * letter it was reading is given up. The parent passes a path, never bytes; attachments go from the
 * child to the folder.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ParseAnswer, ParseOrder } from './child.ts';
import type { Letter } from './letter.ts';

const LONGEST_MS = 20_000;
const LARGEST_BYTES = 400 * 1024 * 1024;
/** What a child leaks, it leaks for this many letters. */
const LETTERS_PER_CHILD = 500;
/** V8 tidies up before it takes what the watch would end it for. */
const HEAP_MB = 256;
const WATCH_EVERY_MS = 100;
const PAGE_BYTES = 4096;

export type ParseOutcome = { ok: true; letter: Letter } | { ok: false; problem: ParseProblem; words: string };

/**
 * `failed`: the child lives and says why it could not read the file. `closed`: the pool was, and nothing is
 * known of the letter.
 */
type ParseProblem = 'time' | 'memory' | 'crash' | 'failed' | 'closed';

export interface ParsePool {
  /**
   * Reads the mail at `path`; its attachments are put into `folder`, named by their SHA-256.
   * Waits for a free child; never throws because of the mail.
   */
  parse(path: string, folder: string | null): Promise<ParseOutcome>;
  /** Ends the children; letters still waiting or being read are answered as closed. */
  close(): Promise<void>;
}

export interface ParsePoolOptions {
  /** Children at once; by default one for each core but one, two at least. */
  size?: number;
  timeLimitMs?: number;
  memoryLimitBytes?: number;
  lettersPerChild?: number;
  /** The program of a child; tests give their own. */
  program?: string;
}

interface Waiting {
  order: ParseOrder;
  settle: (outcome: ParseOutcome) => void;
}

/** One child, from its start to its end. */
interface Seat {
  child: ChildProcess;
  letters: number;
  job: Waiting | null;
  startedAt: number;
  /** Why it is being ended; null while it may live. */
  ending: { problem: ParseProblem; words: string } | null;
}

/** Opens a pool; children start with the first letters. */
export function openParsePool(options: ParsePoolOptions = {}): ParsePool {
  const pool = new Pool(options);
  return { parse: (path, folder) => pool.parse({ path, folder }), close: () => pool.close() };
}

class Pool {
  readonly #size: number;
  readonly #timeLimitMs: number;
  readonly #memoryLimitBytes: number;
  readonly #lettersPerChild: number;
  readonly #program: string;
  readonly #seats = new Set<Seat>();
  readonly #queue: Waiting[] = [];
  #watch: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: ParsePoolOptions) {
    this.#size = options.size ?? Math.max(2, availableParallelism() - 1);
    this.#timeLimitMs = options.timeLimitMs ?? LONGEST_MS;
    this.#memoryLimitBytes = options.memoryLimitBytes ?? LARGEST_BYTES;
    this.#lettersPerChild = options.lettersPerChild ?? LETTERS_PER_CHILD;
    this.#program = options.program ?? fileURLToPath(new URL('./child.ts', import.meta.url));
  }

  parse(order: ParseOrder): Promise<ParseOutcome> {
    if (this.#closed) return Promise.resolve(closed('the pool is closed'));
    return new Promise((settle) => {
      this.#queue.push({ order, settle });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#queue.splice(0)) waiting.settle(closed('the pool was closed'));
    await Promise.all(
      [...this.#seats].map((seat) => this.#end(seat, { problem: 'closed', words: 'the pool was closed' })),
    );
    this.#stopWatching();
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const seat = this.#freeSeat();
      if (seat === null) return;
      const job = this.#queue.shift();
      if (job !== undefined) this.#give(seat, job);
    }
  }

  #freeSeat(): Seat | null {
    for (const seat of this.#seats) if (seat.job === null && seat.ending === null) return seat;
    return this.#seats.size < this.#size ? this.#start() : null;
  }

  #start(): Seat {
    const child = fork(this.#program, {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'json',
      env: {},
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
    });
    const seat: Seat = { child, letters: 0, job: null, startedAt: 0, ending: null };
    this.#seats.add(seat);
    child.on('message', (answer: ParseAnswer) => this.#answered(seat, answer));
    child.on('error', () => child.kill('SIGKILL'));
    child.on('exit', (code, signal) => this.#exited(seat, `the child ended with ${signal ?? code}`));
    // A child without work must not keep a program alive that is done.
    child.unref();
    child.channel?.unref();
    return seat;
  }

  #give(seat: Seat, job: Waiting): void {
    seat.job = job;
    seat.startedAt = performance.now();
    seat.child.ref();
    seat.child.channel?.ref();
    this.#watch ??= setInterval(() => this.#look(), WATCH_EVERY_MS);
    seat.child.send(job.order, (error) => {
      if (error !== null) seat.child.kill('SIGKILL');
    });
  }

  #answered(seat: Seat, answer: ParseAnswer): void {
    const { job } = seat;
    if (job === null || seat.ending !== null) return;
    seat.job = null;
    seat.letters++;
    job.settle(answer.ok ? answer : { ok: false, problem: 'failed', words: answer.words });
    if (seat.letters >= this.#lettersPerChild)
      void this.#end(seat, { problem: 'crash', words: 'the child was replaced' });
    else {
      seat.child.unref();
      seat.child.channel?.unref();
    }
    if ([...this.#seats].every((other) => other.job === null)) this.#stopWatching();
    this.#next();
  }

  #exited(seat: Seat, words: string): void {
    this.#seats.delete(seat);
    seat.job?.settle({ ok: false, ...(seat.ending ?? { problem: 'crash', words }) });
    seat.job = null;
    if ([...this.#seats].every((other) => other.job === null)) this.#stopWatching();
    this.#next();
  }

  #look(): void {
    for (const seat of this.#seats) {
      if (seat.job === null || seat.ending !== null) continue;
      const took = performance.now() - seat.startedAt;
      const bytes = residentBytes(seat.child.pid);
      if (took > this.#timeLimitMs)
        void this.#end(seat, { problem: 'time', words: `took more than ${this.#timeLimitMs} ms` });
      else if (bytes > this.#memoryLimitBytes) {
        void this.#end(seat, { problem: 'memory', words: `took more than ${this.#memoryLimitBytes} bytes` });
      }
    }
  }

  #end(seat: Seat, why: NonNullable<Seat['ending']>): Promise<void> {
    seat.ending ??= why;
    return new Promise((resolve) => {
      if (seat.child.exitCode !== null || seat.child.signalCode !== null) return resolve();
      seat.child.ref();
      seat.child.once('exit', () => resolve());
      seat.child.kill('SIGKILL');
    });
  }

  #stopWatching(): void {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
  }
}

function closed(words: string): ParseOutcome {
  return { ok: false, problem: 'closed', words };
}

/** Memory of a process as Linux counts it; 0 where nobody says, so that only time bounds it there. */
function residentBytes(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
