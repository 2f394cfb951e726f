/**
 * npm run undo: letters that wait for 200 ms are taken back between 50 ms before that moment and 50 ms after it,
 * while a worker delivers them to a real mail server; each must be sent or undone, never half.
 *
 *   --letters N   1000 unless told
 *   --at-once N   50 unless told
 *
 * The database is the embedded one, in a folder of its own.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTransport } from 'nodemailer';
import { startEmbeddedPostgres } from '../server/src/platform/embedded-postgres/index.ts';
import { migrate, migrateJobs, openDb, openFiles } from '../server/src/platform/index.ts';
import { openSink, type Sink } from './races/sink.ts';
import { type Outside, runUndoRaces } from './undo/run-undo-races.ts';

const { values } = parseArgs({
  options: {
    letters: { type: 'string', default: '1000' },
    'at-once': { type: 'string', default: '50' },
  },
});
const [rounds, atOnce] = [Number(values.letters), Number(values['at-once'])];

const folder = await mkdtemp(join(tmpdir(), 'madoguchi-undo-'));
// As root, PostgreSQL runs as another user, who must be able to enter.
await chmod(folder, 0o755);
const [sink, postgres] = await Promise.all([openSink(), startEmbeddedPostgres({ folder })]);
try {
  await migrate(postgres.url);
  await migrateJobs(postgres.url);
  const db = openDb({ url: postgres.url, size: atOnce + 10 });
  const files = openFiles(join(folder, 'files'));
  const found = await runUndoRaces({ db, files, outside: outsideOf(sink), rounds, atOnce });
  await db.close();
  process.stdout.write(`${found.sent} sent, ${found.undone} undone, ${found.half.length} half\n`);
  for (const half of found.half) process.stdout.write(`HALF ${half}\n`);
  const total = sink.total();
  process.stdout.write(`the mail server has ${total} letters\n`);
  process.exitCode = found.half.length === 0 && total === found.sent ? 0 : 1;
} finally {
  await sink.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Hands letters to the mail server, which counts them by their Message-ID. */
function outsideOf({ port, countId }: Sink): Outside {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true });
  return {
    count: countId,
    async send({ envelopeFrom, envelopeTo, bytes }) {
      const raw = Buffer.isBuffer(bytes) ? bytes : { path: bytes.path };
      const info = await transport.sendMail({ envelope: { from: envelopeFrom, to: [...envelopeTo] }, raw });
      return { kind: 'accepted', reply: info.response, failed: [] };
    },
  };
}
