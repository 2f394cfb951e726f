import type { DoorTrial } from '@madoguchi/contract';

/** What went wrong at a door, in one word for the page, with what the far side or the system said. */
export interface DoorFault {
  code: Exclude<DoorTrial['code'], 'ok'>;
  reply: string;
}

const BY_ERROR_CODE: Record<string, DoorFault['code']> = {
  'platform.host_not_found': 'host_not_found',
  'platform.address_not_allowed': 'not_allowed_address',
  ENOTFOUND: 'host_not_found',
  EAI_AGAIN: 'host_not_found',
  EDNS: 'host_not_found',
  ECONNREFUSED: 'refused_connection',
  ETIMEDOUT: 'no_answer',
  ETIMEOUT: 'no_answer',
  EHOSTUNREACH: 'no_answer',
  ENETUNREACH: 'no_answer',
  CONNECT_TIMEOUT: 'no_answer',
  // It took the connection and then said nothing that we understand: another protocol, or TLS expected.
  GREETING_TIMEOUT: 'wrong_port',
  UPGRADE_TIMEOUT: 'no_answer',
  SOCKET_TIMEOUT: 'no_answer',
  ERR_SSL_WRONG_VERSION_NUMBER: 'wrong_port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'wrong_port',
  ERR_SSL_HTTP_REQUEST: 'wrong_port',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'no_tls',
};
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ALTNAME|UNABLE_TO_GET_CRL/;

/** The error and what it was made from, outermost first. */
function chainOf(error: unknown): Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; ) {
    const facts: Record<string, unknown> = { ...at, message: at.message };
    chain.push(facts);
    at = at.cause ?? facts._err;
  }
  return chain;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The faults that lie below every protocol: name, address, connection, certificate. */
export function socketFault(error: unknown): DoorFault | null {
  const reply = textOf(chainOf(error)[0]?.message);
  for (const facts of chainOf(error)) {
    for (const code of [textOf(facts.originalCode), textOf(facts.code)]) {
      if (CERTIFICATE.test(code)) return { code: 'certificate', reply };
      const known = BY_ERROR_CODE[code];
      if (known !== undefined) return { code: known, reply: textOf(facts.reply) || reply };
    }
  }
  return null;
}

/** One text field of an error or of what it was made from; the libraries put their facts there. */
export function errorText(error: unknown, field: string): string {
  for (const facts of chainOf(error)) {
    const text = textOf(facts[field]);
    if (text !== '') return text;
  }
  return '';
}

/** A flag that a library set on its error. */
export function errorFlag(error: unknown, field: string): boolean {
  return chainOf(error).some((facts) => facts[field] === true);
}
