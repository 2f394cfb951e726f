/** Other programs, run from here. */
import { spawn } from 'node:child_process';
import { basename, delimiter, dirname } from 'node:path';
import { findNode24, ROOT } from './place.mjs';
import { Plain } from './say.mjs';

const KEPT_CHARACTERS = 20_000;

/** Our surroundings, with Node 24 first on the path, so that what npm starts finds it too. */
export function surroundings(more = {}) {
  const node = findNode24();
  const path = process.env.PATH ?? '';
  return { ...process.env, ...(node ? { PATH: `${dirname(node)}${delimiter}${path}` } : {}), ...more };
}

/**
 * Runs a program to its end.
 *
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] `show`: let it write to
 *   our standard error as it goes
 * @returns {Promise<{ code: number, output: string }>} `output` is the end of what it wrote, unless shown
 */
export function run(program, args, { cwd = ROOT, env = surroundings(), show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', show ? 2 : 'pipe', show ? 2 : 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-KEPT_CHARACTERS);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === null ? 1 : 128), output }));
  });
}

/** Runs npm, the same that started us when one did. @throws {Plain} with npm's own words */
export async function npm(args, options = {}) {
  const cli = process.env.npm_execpath ?? '';
  const byPath = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const [program, first] = basename(cli) === 'npm-cli.js' ? [process.execPath, [cli]] : [byPath, []];
  const { code, output } = await run(program, [...first, ...args], options);
  if (code === 0) return;
  const command = `npm ${args.join(' ')}`;
  throw new Plain({ ja: `${command} が失敗しました。`, en: `${command} failed.` }, output.trim());
}
