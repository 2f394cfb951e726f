import type { DoorTrial, MailAccount } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryAccount } from '../../server/src/channels/index.ts';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { type EximServer, startExim } from '../servers/exim.ts';
import { freePort } from '../servers/own-process.ts';
import { asOtherClient, imapDoor, smtpDoor } from './mail-ground.ts';

let dovecot: DovecotServer;
let exim: EximServer;

beforeAll(async () => {
  dovecot = await startDovecot();
  exim = await startExim({ mailRoot: dovecot.mailRoot });
  await asOtherClient(dovecot, (client) => client.mailboxCreate('ご注文'));
});
afterAll(async () => {
  await exim?.remove();
  await dovecot?.remove();
});

const config = { privateHosts: ['127.0.0.1', 'localhost'], url: 'http://shop.example' };

async function tryImap(given: Parameters<typeof imapDoor>[1], over = config): Promise<DoorTrial | null> {
  const account: MailAccount = { imap: imapDoor(dovecot, given), smtp: null };
  return (await tryAccount(over, account)).imap;
}
async function trySmtp(given: Parameters<typeof smtpDoor>[1]): Promise<DoorTrial | null> {
  const account: MailAccount = { imap: null, smtp: smtpDoor(exim, given) };
  return (await tryAccount(config, account)).smtp;
}

test('doors that work say so, by TLS, by STARTTLS and in the clear, and name the folders', async () => {
  for (const given of [
    { port: dovecot.tlsPort, security: 'tls' as const },
    { security: 'starttls' as const, folders: ['inbox', 'ご注文'] },
    { security: 'none' as const },
  ]) {
    expect(await tryImap(given)).toMatchObject({ ok: true, code: 'ok', folders: ['ご注文', 'INBOX'].sort() });
  }
  expect(await trySmtp({ security: 'starttls' })).toMatchObject({ ok: true, code: 'ok' });
  expect(await trySmtp({ security: 'none', user: '' })).toMatchObject({ ok: true, code: 'ok' });
});

test('a wrong password is told in the server’s words', async () => {
  expect(await tryImap({ password: 'wrong' })).toMatchObject({
    code: 'sign_in_refused',
    reply: /Authentication failed/,
  });
  expect(await trySmtp({ password: 'wrong', security: 'starttls' })).toMatchObject({
    code: 'sign_in_refused',
    reply: /^535/,
  });
});

test('a folder that is not there is named', async () => {
  expect(await tryImap({ folders: ['INBOX', 'Missing'] })).toMatchObject({
    code: 'folder_missing',
    reply: 'Missing',
  });
});

test('a certificate that no authority signed is refused until a person says that it is theirs', async () => {
  const given = { port: dovecot.tlsPort, security: 'tls' as const, verifyCertificate: true };
  expect(await tryImap(given)).toMatchObject({ ok: false, code: 'certificate' });
  expect(await tryImap({ ...given, host: 'localhost' })).toMatchObject({ ok: false, code: 'certificate' });
  expect(await trySmtp({ security: 'starttls', verifyCertificate: true })).toMatchObject({
    code: 'certificate',
  });
});

test('the wrong port, TLS where there is none, a closed port and an unknown name are told apart', async () => {
  expect(await tryImap({ security: 'tls' })).toMatchObject({ code: 'wrong_port' });
  expect(await tryImap({ port: exim.port })).toMatchObject({ code: 'wrong_port' });
  expect(await trySmtp({ security: 'tls' })).toMatchObject({ code: 'wrong_port' });
  expect(await trySmtp({ port: dovecot.port })).toMatchObject({ code: 'wrong_port' });
  const closed = await freePort();
  expect(await tryImap({ port: closed })).toMatchObject({ code: 'refused_connection' });
  expect(await trySmtp({ port: closed })).toMatchObject({ code: 'refused_connection' });
  expect(await tryImap({ host: 'nowhere.invalid' })).toMatchObject({ code: 'host_not_found' });
  expect(await trySmtp({ host: 'nowhere.invalid' })).toMatchObject({ code: 'host_not_found' });
});

test('a private address is not knocked at unless the settings allow it', async () => {
  expect(await tryImap({}, { ...config, privateHosts: [] })).toMatchObject({ code: 'not_allowed_address' });
  expect(await tryImap({ host: '169.254.169.254' })).toMatchObject({ code: 'not_allowed_address' });
});
