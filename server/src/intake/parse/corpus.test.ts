/**
 * What intake makes of real mail, against what others read in it. Floors are what was reached; a reading
 * that differs on purpose is named with its reason.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corpusFolder } from '../golden/corpus-folder.ts';
import type { Letter } from './letter.ts';
import { parseLetter } from './parse-letter.ts';

const folder = corpusFolder(process.env.TEST_CORPUS) ?? '';

interface Entry {
  path: string;
  kind: string;
  facts?: {
    subject?: string | null;
    from?: { address: string }[];
    message_id?: string | null;
    attachments?: { sha256: string }[];
  };
}

interface SisimaiExpected {
  bounces: { dsn: string; reason: string; hard_bounce: boolean }[];
}

const json = <T>(path: string): T => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const read = (path: string): Promise<Letter> => parseLetter(join(folder, path), { folder: null });
const flat = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();
const percent = (part: number, whole: number): string =>
  `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
const say = (words: string): void => void process.stdout.write(`corpus: ${words}\n`);

describe.skipIf(folder === '')('corpus', () => {
  test('every mail is read, nothing of its text is lost, and its attachments are the same bytes', async () => {
    const { entries } = json<{ entries: Entry[] }>('manifest.json');
    const mails = entries.filter(({ path, kind }) => kind === 'mail' && path.endsWith('.eml'));
    const count = { mails: 0, subject: 0, from: 0, id: 0, files: 0, sameFiles: 0 };
    for (const { path, facts } of mails) {
      const letter = await read(path);
      expect(letter.segments.map(({ text }) => text).join(''), path).toBe(letter.text);
      if (facts === undefined) continue;
      const hashes = letter.attachments.map(({ sha256 }) => sha256);
      const wanted = facts.attachments ?? [];
      count.mails++;
      if (flat(facts.subject) === flat(letter.subject)) count.subject++;
      if ((facts.from?.[0]?.address ?? '') === (letter.from[0]?.address ?? '')) count.from++;
      if (flat(facts.message_id).replace(/^<|>$/g, '') === (letter.messageId ?? '')) count.id++;
      count.files += wanted.length;
      count.sameFiles += wanted.filter(({ sha256 }) => hashes.includes(sha256)).length;
    }
    say(
      `subject ${percent(count.subject, count.mails)}, from ${percent(count.from, count.mails)}, Message-ID ${percent(count.id, count.mails)}, files ${percent(count.sameFiles, count.files)}`,
    );
    // The differing few are raw bytes that the second opinion reads as Latin-1, and broken base64.
    expect(count.subject / count.mails).toBeGreaterThan(0.99);
    expect(count.from / count.mails).toBeGreaterThan(0.98);
    expect(count.id / count.mails).toBeGreaterThan(0.995);
    expect(count.sameFiles / count.files).toBeGreaterThan(0.99);
  });

  test('bounces are recognised with their reasons, and nothing else is one', async () => {
    const expected = json<Record<string, SisimaiExpected>>('bounces/sisimai/expected.json');
    const count = { bounces: 0, found: 0, wrong: 0, recipients: 0, reasons: 0, hard: 0, status: 0 };
    for (const [file, { bounces }] of Object.entries(expected)) {
      const letter = await read(`bounces/sisimai/${file}`);
      // A vacation notice is an auto-reply here.
      const wanted = bounces.filter(({ reason }) => reason !== 'vacation');
      if (wanted.length === 0) {
        if (letter.kind === 'bounce') count.wrong++;
        continue;
      }
      count.bounces++;
      if (letter.kind === 'bounce') count.found++;
      const left = [...(letter.bounce?.recipients ?? [])];
      for (const want of wanted) {
        const at = Math.max(
          0,
          left.findIndex(({ reason }) => reason === want.reason),
        );
        const [got] = left.splice(at, 1);
        count.recipients++;
        if (got?.reason === want.reason) count.reasons++;
        if (got?.hard === want.hard_bounce) count.hard++;
        // sisimai numbers what has no code 5.0.9xx; here it has the usual code of its reason, or none.
        if (got !== undefined && (got.status === want.dsn || /^\d\.0\.9\d\d$/.test(want.dsn))) count.status++;
      }
    }
    for (const file of readdirSync(join(folder, 'bounces/sisimai-not-bounce')).filter((name) =>
      name.endsWith('.eml'),
    )) {
      if ((await read(`bounces/sisimai-not-bounce/${file}`)).kind === 'bounce') count.wrong++;
    }
    say(
      `bounces recall ${percent(count.found, count.bounces)}, precision ${percent(count.found, count.found + count.wrong)}, reasons ${percent(count.reasons, count.recipients)}, hard ${percent(count.hard, count.recipients)}, status ${percent(count.status, count.recipients)}`,
    );
    expect(count.wrong).toBe(0);
    expect(count.found / count.bounces).toBeGreaterThan(0.97);
    expect(count.reasons / count.recipients).toBeGreaterThan(0.82);
    expect(count.hard / count.recipients).toBeGreaterThan(0.88);
    expect(count.status / count.recipients).toBeGreaterThan(0.9);
  });

  test("what only looks like a bounce is none (SpamAssassin's fp*)", async () => {
    // These three are reports of failed delivery, whole and in their standard forms. They are named fp*
    // because a spam rule must not fire on them, not because a mailbox should show them as letters.
    const reports = /^(?:fp-bug5900-1|fp_bug5912_att4321|fp_bug5912_att4322)\.eml$/;
    const path = 'bounces/spamassassin/bounce_message';
    const files = readdirSync(join(folder, path)).filter(
      (name) => name.startsWith('fp') && name.endsWith('.eml'),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const { kind } = await read(`${path}/${file}`);
      expect(kind === 'bounce', file).toBe(reports.test(file));
    }
  });

  test("a reply's own words are never folded away", async () => {
    const folders = ['talon-text', 'japanese-attribution'];
    for (const name of folders) {
      const expected = json<Record<string, { reply_text?: string }>>(`replies-quoted/${name}/expected.json`);
      for (const [file, { reply_text: words }] of Object.entries(expected)) {
        if (words === undefined || !file.endsWith('.eml')) continue;
        const { newText } = await read(`replies-quoted/${name}/${file}`);
        expect(flat(newText), file).toContain(flat(words));
      }
    }
  });
});
