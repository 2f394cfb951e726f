import type { Address } from '@madoguchi/contract';
import { addressUnusable, recipientNeeded } from '../errors.ts';
import { wireAddress } from '../letter/wire-address.ts';

interface Lists {
  to: readonly Address[];
  cc: readonly Address[];
  bcc: readonly Address[];
}

/**
 * The envelope's recipients: To, Cc and Bcc in their wire form, each once.
 * @throws recipientNeeded when there is nobody, addressUnusable naming every address that cannot be one
 */
export function checkRecipients({ to, cc, bcc }: Lists): string[] {
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0) throw recipientNeeded({});
  const checked = all.map(({ address }) => ({ address, wire: wireAddress(address) }));
  const unusable = checked.filter(({ wire }) => wire === null).map(({ address }) => address);
  if (unusable.length > 0) throw addressUnusable({ addresses: unusable });
  const wires = checked.flatMap(({ wire }) => (wire === null ? [] : [wire]));
  return [...new Map(wires.map((wire) => [wire.toLowerCase(), wire])).values()];
}
