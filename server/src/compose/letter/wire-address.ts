import { domainToASCII } from 'node:url';

const DOT_ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const LONGEST_LOCAL = 64;
const LONGEST = 254;

/**
 * An address as a person writes it, in the form that the wire needs: a local part with two dots in a row or
 * one at its end (docomo gave such) is quoted, a Japanese domain becomes its xn-- form.
 *
 * @returns null when it cannot be an address: no or two @, spaces, controls, a domain without a dot
 */
export function wireAddress(address: string): string | null {
  const text = address.trim();
  const at = text.lastIndexOf('@');
  const local = localOnWire(text.slice(0, at));
  const domain = domainToASCII(text.slice(at + 1));
  if (at < 1 || local === null || !isDomain(domain)) return null;
  const wire = `${local}@${domain}`;
  return wire.length > LONGEST ? null : wire;
}

function localOnWire(local: string): string | null {
  const bare = /^"(.*)"$/.exec(local)?.[1]?.replace(/\\(.)/g, '$1') ?? local;
  if (bare === '' || bare.length > LONGEST_LOCAL || !/^[\x21-\x7e]+$/.test(bare)) return null;
  if (DOT_ATOM.test(bare)) return bare;
  // A stray @ or bracket outside quotes is a slip of the hand, such as two addresses run together.
  if (bare === local && /[@<>,;:"()[\]\\]/.test(bare)) return null;
  return `"${bare.replace(/[\\"]/g, '\\$&')}"`;
}

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);
const isDomain = (domain: string): boolean => DOMAIN.test(domain.toLowerCase());
