/** RFC 5321 Dot-string, with RFC 6531's letters: what may stand before the @ without quotes. */
const DOT_STRING =
  /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~\u{80}-\u{10ffff}]+(?:\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~\u{80}-\u{10ffff}]+)*$/u;
const QUOTED = /^"(?:[^"\\]|\\.)*"$/s;

/**
 * An address as it goes over the wire. Japanese carriers gave away local parts such as `a..b` and `a.`
 * which RFC 5321 allows only in quotes; many relays refuse them bare. The mailbox is the same.
 */
export function wireAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return address;
  const local = address.slice(0, at);
  if (DOT_STRING.test(local) || QUOTED.test(local)) return address;
  return `"${local.replace(/["\\]/g, '\\$&')}"${address.slice(at)}`;
}

/** An address as a person writes it: without the quotes that the wire needed. */
export function plainAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  return QUOTED.test(local) ? `${local.slice(1, -1).replace(/\\(.)/gs, '$1')}${address.slice(at)}` : address;
}

/** Addresses of ours that a recipient may mean: itself, and without what follows a + in the local part. */
export function mailboxAddresses(recipient: string): string[] {
  const address = plainAddress(recipient).toLowerCase();
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at ? [address, address.slice(0, plus) + address.slice(at)] : [address];
}
