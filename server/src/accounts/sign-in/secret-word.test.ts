import type { WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId } from '../../platform/index.ts';
import { makeSecretWord, readSecretWord } from './secret-word.ts';

test('a word names its workspace and is known again by its hash', () => {
  const workspaceId = newId<WorkspaceId>();
  const made = makeSecretWord('mdg_', workspaceId);
  expect(made.word).toMatch(/^mdg_[\w-]{54}$/);
  expect(readSecretWord('mdg_', made.word)).toEqual({ workspaceId, hash: made.hash });
});

test('two words of one workspace differ', () => {
  const workspaceId = newId<WorkspaceId>();
  expect(makeSecretWord('', workspaceId).word).not.toBe(makeSecretWord('', workspaceId).word);
});

test('what cannot be a word of ours is not looked up', () => {
  const { word } = makeSecretWord('mdg_', newId<WorkspaceId>());
  for (const wrong of [
    '',
    'mdg_',
    word.slice(4),
    `${word}A`,
    word.slice(0, -1),
    `${word.slice(0, -1)}=`,
    `${word} `,
  ]) {
    expect(readSecretWord('mdg_', wrong)).toBeNull();
  }
});
