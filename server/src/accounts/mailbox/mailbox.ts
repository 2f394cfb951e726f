import { type Mailbox, type MailboxTint, type MemberId, mailboxTints } from '@madoguchi/contract';
import type { Config } from '../../platform/index.ts';
import { addressNotAnAddress, ageLimitsNotRising } from '../errors.ts';
import { cleanAddress, isAddress } from '../member/address.ts';

/** A mailbox but for what also depends on the settings of the house, and on what its people may do. */
export interface StoredMailbox extends Omit<Mailbox, 'canSend' | 'assignableIds'> {
  /** Whether a mail account of its own can take letters out. */
  hasWayOut: boolean;
}

/** The settings of the house that decide whether a mailbox without an own account can send. */
export type WayOut = Pick<Config, 'systemSmtp'>;

export function mailboxToWire(
  { hasWayOut, ...mailbox }: StoredMailbox,
  { systemSmtp }: WayOut,
  assignableIds: MemberId[],
): Mailbox {
  return { ...mailbox, assignableIds, canSend: hasWayOut || systemSmtp !== null };
}

/** The tint that a mailbox gets when it is added: one after the other, so that neighbours differ. */
export function tintFor(howMany: number): MailboxTint {
  return mailboxTints[howMany % mailboxTints.length] ?? 'sora';
}

/**
 * The main address and the aliases as they are kept, each once.
 * @throws addressNotAnAddress
 */
export function cleanAddresses(main: string, aliases: readonly string[]): string[] {
  const addresses = [...new Set([main, ...aliases].map(cleanAddress))];
  for (const address of addresses) if (!isAddress(address)) throw addressNotAnAddress({ address });
  return addresses;
}

/** @throws ageLimitsNotRising */
export function requireRising(limits: readonly number[]): void {
  const rising = limits.every((limit, index) => index === 0 || limit > (limits[index - 1] ?? 0));
  if (!rising) throw ageLimitsNotRising({});
}
