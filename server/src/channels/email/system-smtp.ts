import { isIP } from 'node:net';
import type { DoorSecret } from '../channel.ts';
import type { SmtpTarget } from './smtp-out.ts';

const SMTPS_PORT = 465;
const SUBMISSION_PORT = 587;

/** The relay of MADOGUCHI_SYSTEM_SMTP: smtps://user:password@host:port, or smtp:// with STARTTLS. */
export function systemDoor(url: string): { door: SmtpTarget['door']; secret: DoorSecret | null } {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const isTls = protocol === 'smtps:';
  const isLocal = host === 'localhost' || (isIP(host) !== 0 && /^(?:127\.|::1$)/.test(host));
  // A password must not cross a network in the clear; a relay on this very machine often has no certificate.
  const open = username === '' || isLocal ? 'opportunistic' : 'starttls';
  return {
    door: {
      host,
      port: port === '' ? (isTls ? SMTPS_PORT : SUBMISSION_PORT) : Number(port),
      security: isTls ? 'tls' : open,
      verifyCertificate: !isLocal,
      user: decodeURIComponent(username),
    },
    secret: username === '' ? null : { password: decodeURIComponent(password) },
  };
}

/**
 * Who a letter of the house itself is from: what MADOGUCHI_SYSTEM_SMTP says (?from=), else the address that
 * signs in there, else one at the house's own name.
 */
export function systemSender({ systemSmtp, url }: { systemSmtp: string | null; url: string }): string {
  const relay = systemSmtp === null ? null : new URL(systemSmtp);
  const named = [relay?.searchParams.get('from'), relay && decodeURIComponent(relay.username)];
  return named.find((name) => name?.includes('@')) ?? `madoguchi@${new URL(url).hostname}`;
}
