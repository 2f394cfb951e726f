import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive, processMark, takeLock, withLock } from './lock.mjs';

const MODULE = JSON.stringify(import.meta.resolve('./lock.mjs'));

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-lock-'));
  path = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

function another(program: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function heldByTheDead(): Promise<void> {
  const owner = another(
    `const { takeLock } = await import(${MODULE}); await takeLock(${JSON.stringify(path)});
     console.log('taken'); setInterval(() => undefined, 1000);`,
  );
  if (owner.stdout !== null) await once(owner.stdout, 'data');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
}

test('a process is known by its number and its beginning, and is gone when it has ended', async () => {
  const child = another('setInterval(() => undefined, 1000)');
  const mark = processMark(child.pid ?? 0) ?? '';
  expect(isAlive(mark)).toBe(true);
  expect(isAlive(`${mark}0`)).toBe(false);

  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isAlive(mark)).toBe(false);
});

test('the second waits for the first, and is told so', async () => {
  const release = await takeLock(path);
  const order: string[] = [];
  const second = withLock(
    path,
    () => order.push('second'),
    () => {
      order.push('waits');
      release();
    },
  );
  await second;

  expect(order).toEqual(['waits', 'second']);
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a process killed with -9 is taken over', async () => {
  await heldByTheDead();
  expect(existsSync(path)).toBe(true);

  await withLock(path, () => expect(readFileSync(path, 'utf8')).toContain(`${process.pid}@`));
  expect(readdirSync(folder)).toEqual([]);
});

test('a lock is given back by its owner alone', async () => {
  const release = await takeLock(path);
  writeFileSync(path, `${processMark(process.pid)} somebody-else`);
  release();
  expect(existsSync(path)).toBe(true);
});

test('of many who find a dead owner at once, never two have the lock', async () => {
  await heldByTheDead();
  const file = join(folder, 'inside');
  const program = `
    const { withLock } = await import(${MODULE});
    const { writeFileSync, rmSync } = await import('node:fs');
    for (let turn = 0; turn < 100; turn += 1) {
      await withLock(${JSON.stringify(path)}, async () => {
        // Fails when another is inside.
        writeFileSync(${JSON.stringify(file)}, '', { flag: 'wx' });
        await new Promise((resolve) => setTimeout(resolve, 1));
        rmSync(${JSON.stringify(file)});
        // As if it had died here: the next ones find a dead owner again.
        writeFileSync(${JSON.stringify(path)}, '1@gone ' + crypto.randomUUID());
      });
    }`;
  const codes = await Promise.all(
    Array.from({ length: 4 }, async () => (await once(another(program), 'exit'))[0]),
  );
  expect(codes).toEqual([0, 0, 0, 0]);
});
