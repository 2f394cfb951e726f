import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { houseActor } from '../accounts/index.ts';
import { openSecrets } from '../platform/index.ts';
import { aMailbox, aWorkspace, testDb } from '../testing/index.ts';
import { openChannels } from './open-channels.ts';
import { addChannel } from './save-channel.ts';

const smtp = {
  host: '127.0.0.1',
  port: 587,
  security: 'none' as const,
  verifyCertificate: true,
  user: 'order',
  password: 'himitsu no kotoba',
};

test('a password sealed with a lost key keeps its letters waiting and says so: nothing has left', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-channels-'));
  const db = await testDb();
  try {
    const before = await openSecrets(join(folder, 'before'));
    const { workspaceId, mailboxId } = await db.transaction(async (tx) => {
      const workspaceId = await aWorkspace(tx);
      const mailboxId = await aMailbox(tx, workspaceId);
      const added = { mailboxId, account: { imap: null, smtp } };
      await addChannel(tx, houseActor(workspaceId), added, before);
      return { workspaceId, mailboxId };
    });
    const config = { systemSmtp: null, privateHosts: ['127.0.0.1'], url: 'http://localhost:3000' };
    const channels = openChannels({ db, config, secrets: await openSecrets(join(folder, 'after')) });

    const outcome = await channels.send({
      workspaceId,
      mailboxId,
      envelopeFrom: 'order@komorebi.example',
      envelopeTo: ['mayumi@midori.example'],
      bytes: Buffer.from('Subject: x\r\n\r\ny\r\n'),
    });
    expect(outcome).toEqual({ kind: 'deferred', reply: expect.stringContaining('sealed with another key') });
  } finally {
    await db.drop();
    await rm(folder, { recursive: true, force: true });
  }
});
