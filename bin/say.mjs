/** Progress for people, always on standard error, in the language of their terminal. */

const SHOW_EVERY_MS = 5_000;

/** ja for a Japanese terminal, en for another; both where the terminal does not say. */
function languages() {
  const wish = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  if (/^(C|POSIX)?(\.|$)/.test(wish)) return ['ja', 'en'];
  return wish.startsWith('ja') ? ['ja'] : ['en'];
}

/** @param {{ ja: string, en: string }} words */
export function say(words, more = '') {
  process.stderr.write(`${wordsOf(words)}${more}\n`);
}

/** @param {{ ja: string, en: string }} words */
export function wordsOf(words) {
  return languages()
    .map((language) => words[language])
    .join(' / ');
}

/** Says what begins, then every few seconds that it still goes on, until `work` is over. */
export async function sayDuring(words, work) {
  const began = Date.now();
  say(words, ' ...');
  const still = setInterval(() => {
    say(words, ` ... ${Math.round((Date.now() - began) / 1000)} s`);
  }, SHOW_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(still);
  }
}

/** A fault that a person can mend: shown as its words, without a stack. */
export class Plain extends Error {
  /** @param {{ ja: string, en: string }} words */
  constructor(words, more = '') {
    super(`${wordsOf(words)}${more === '' ? '' : `\n${more}`}`);
  }
}

/** Ends a program's promise at its edge. */
export function atTheEdge(work) {
  work.catch((error) => {
    process.stderr.write(`${error instanceof Plain ? error.message : error.stack}\n`);
    process.exitCode = 1;
  });
}
