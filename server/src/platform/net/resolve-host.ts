import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { defineError } from '../errors.ts';
import { addressSet, isInnerAddress } from './private-ranges.ts';

const LOOKUP_TIMEOUT = 10_000;

export const hostNotFound = defineError<{ host: string; reply: string }>(
  'platform.host_not_found',
  'invalid',
  'No machine of this name is known.',
);
export const addressNotAllowed = defineError<{ host: string }>(
  'platform.address_not_allowed',
  'invalid',
  'This name leads to a private address. MADOGUCHI_PRIVATE_HOSTS says which of them may be reached.',
);

export interface HostAddress {
  address: string;
  family: 4 | 6;
}

interface Allowed {
  /** Host names, addresses and CIDR ranges that may be reached although they are private. */
  privateHosts: readonly string[];
}

type Lookup = (host: string) => Promise<HostAddress[]>;

/**
 * Where a name that a person typed leads. Whoever opens a socket connects to this address and to no other,
 * so that a name which changes its mind between the check and the connection gains nothing.
 *
 * @throws hostNotFound when nobody knows the name within 10 s
 * @throws addressNotAllowed when all its addresses are private and none is allowed by name or range
 */
export async function resolveHost(
  host: string,
  { privateHosts }: Allowed,
  look: Lookup = lookUp,
): Promise<HostAddress> {
  const name = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const found = isIP(name) === 0 ? await look(name) : [{ address: name, family: familyOf(name) }];
  const isAllowedRange = addressSet(privateHosts);
  const isAllowedName = privateHosts.some((entry) => entry.toLowerCase() === name.toLowerCase());
  const chosen = found.find(
    ({ address }) => isAllowedName || !isInnerAddress(address) || isAllowedRange(address),
  );
  if (chosen === undefined) throw addressNotAllowed({ host });
  return chosen;
}

const familyOf = (address: string): 4 | 6 => (isIP(address) === 6 ? 6 : 4);

async function lookUp(host: string): Promise<HostAddress[]> {
  // IPv4 first: a machine without a working IPv6 route would wait for its timeout at each connection.
  const found = await Promise.race([lookup(host, { all: true, order: 'ipv4first' }), timedOut()]).catch(
    (error: unknown) => {
      throw hostNotFound({ host, reply: error instanceof Error ? error.message : String(error) });
    },
  );
  return found.map(({ address }) => ({ address, family: familyOf(address) }));
}

function timedOut(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('the name server did not answer')), LOOKUP_TIMEOUT).unref();
  });
}
