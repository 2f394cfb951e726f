import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSmtpDoor, type SmtpDoor } from '../../server/src/channels/email/smtp-door.ts';
import { sendBySmtp } from '../../server/src/channels/email/smtp-out.ts';
import { selfSigned } from '../servers/self-signed.ts';
import { aLetter, type MailGround, openMailGround } from './mail-ground.ts';

let ground: MailGround;
let folder: string;
let door: SmtpDoor;

beforeAll(async () => {
  ground = await openMailGround();
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-tls-'));
  const config = { ...ground.config, tls: await selfSigned(folder) };
  const onRaw = async (_tx: unknown, raw: MailGround['handedOn'][number]) => {
    ground.handedOn.push(raw);
  };
  door = await openSmtpDoor({ db: ground.db, files: ground.files, config, onRaw });
});
afterAll(async () => {
  await door?.close();
  await ground?.close();
  await rm(folder, { recursive: true, force: true });
});

test('with a certificate of its own the door takes letters by STARTTLS, and notes it in the envelope', async () => {
  const outcome = await sendBySmtp(
    {
      door: { host: 'localhost', port: door.port, security: 'starttls', verifyCertificate: false, user: '' },
      address: { address: '127.0.0.1', family: 4 },
      secret: null,
      name: 'mx.customer.example',
    },
    {
      workspaceId: ground.workspaceId,
      mailboxId: null,
      envelopeFrom: '',
      envelopeTo: ['order@komorebi.example'],
      bytes: aLetter(1),
    },
  );

  expect(outcome).toMatchObject({ kind: 'accepted', reply: /^250 2\.6\.0 Kept as/ });
  const [ref] = ground.handedOn;
  const raw = await ground.db.transaction((tx) =>
    tx
      .selectFrom('raw_message')
      .select(['body', 'envelope'])
      .where('workspace_id', '=', ground.workspaceId)
      .where('id', 'in', ref === undefined ? [] : [ref.rawMessageId])
      .executeTakeFirstOrThrow(),
  );
  expect(raw.body?.equals(aLetter(1))).toBe(true);
  expect(raw.envelope).toMatchObject({ mailFrom: '', helo: 'mx.customer.example', tls: 'TLSv1.3' });
});
