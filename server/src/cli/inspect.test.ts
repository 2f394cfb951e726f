import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-inspect-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

interface Ran {
  code: number;
  lines: Record<string, unknown>[];
}

/** Runs the command in a process of its own, since it speaks through its output and its exit code. */
async function run(files: string[]): Promise<Ran> {
  const program = `import { inspect } from ${JSON.stringify(join(import.meta.dirname, 'inspect.ts'))}; await inspect(process.argv.slice(1));`;
  const ran = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, '--', ...files]);
  const { stdout, code } = await ran.then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  );
  const lines = stdout.split('\n').filter(Boolean);
  return { code, lines: lines.map((line) => JSON.parse(line)) };
}

test('each file is one line, with exactly the promised names', async () => {
  const file = join(folder, 'a.eml');
  writeFileSync(
    file,
    'From: "a..b"@docomo.ne.jp.example\nTo: s@shop.example\nSubject: Hi\nMessage-ID: <1@x.example>\nIn-Reply-To: <0@x.example>\n\nhello\n',
  );
  const { code, lines } = await run([file]);
  expect(code).toBe(0);
  expect(lines).toEqual([
    {
      file,
      messageId: '1@x.example',
      inReplyTo: '0@x.example',
      references: [],
      date: null,
      from: [{ name: '', address: 'a..b@docomo.ne.jp.example' }],
      sender: null,
      replyTo: [],
      to: [{ name: '', address: 's@shop.example' }],
      cc: [],
      subject: 'Hi',
      text: 'hello\n',
      html: null,
      newText: 'hello\n',
      quotedText: '',
      attachments: [],
      kind: 'message',
      bounce: null,
      charsets: ['us-ascii'],
      problems: ['no_date'],
    },
  ]);
});

test('a file that cannot be read says so, and the others are printed in their order', async () => {
  const files = Array.from({ length: 12 }, (_file, n) => join(folder, `${n}.eml`));
  for (const [n, file] of files.entries()) if (n !== 3) writeFileSync(file, `Subject: ${n}\n\nx\n`);
  const { code, lines } = await run(files);
  expect(code).toBe(1);
  expect(lines.map(({ file }) => file)).toEqual(files);
  expect(Object.keys(lines[3] ?? {})).toEqual(['file', 'error']);
  expect(lines[4]).toMatchObject({ subject: '4' });
});
