import type { WorkspaceId } from '@madoguchi/contract';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { openChannels } from '../channels/index.ts';
import { type Db, newId, type Secrets } from '../platform/index.ts';
import { sendHouseLetter } from './send-house-letter.ts';

let sink: SMTPServer | null = null;
afterEach(() => new Promise<void>((done) => (sink === null ? done() : sink.close(() => done()))));

/** A mail server that takes everything, and what it took. */
async function openSink() {
  const taken: { from: string; to: string[]; bytes: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope }, done) {
      let bytes = '';
      stream.setEncoding('latin1').on('data', (piece: string) => {
        bytes += piece;
      });
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        taken.push({ from, to: envelope.rcptTo.map(({ address }) => address), bytes });
        done();
      });
    },
  });
  sink = server;
  const port = await new Promise<number>((opened) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      opened(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
  return { taken, port };
}

test('a letter of the house leaves by the system’s way out, in the name that its address says', async () => {
  const { taken, port } = await openSink();
  const systemSmtp = `smtp://127.0.0.1:${port}?from=office@komorebi.example`;
  const config = { systemSmtp, url: 'http://localhost:3000', privateHosts: [] };
  // The house's own way asks neither the database nor a secret.
  const channels = openChannels({ db: {} as Db, secrets: {} as Secrets, config });
  const outcome = await sendHouseLetter(
    { channels, config },
    {
      workspaceId: newId<WorkspaceId>(),
      company: 'こもれび雑貨店',
      to: { name: '佐藤 勉', address: 'ben@komorebi.example' },
      subject: 'ご招待',
      text: 'リンク\n',
    },
  );
  expect(outcome).toMatchObject({ kind: 'accepted', failed: [] });
  expect(taken).toMatchObject([{ from: 'office@komorebi.example', to: ['ben@komorebi.example'] }]);
  const read = await simpleParser(Buffer.from(taken[0]?.bytes ?? '', 'latin1'));
  expect(read).toMatchObject({ subject: 'ご招待', text: 'リンク\n' });
});
