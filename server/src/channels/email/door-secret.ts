import type { Secrets } from '../../platform/index.ts';
import type { DoorSecret } from '../channel.ts';
import { secretUnreadable } from '../errors.ts';

/** Seals what opens a door, for its row. */
export function sealSecret(secrets: Secrets, secret: DoorSecret): string {
  return secrets.seal(JSON.stringify(secret));
}

/** @throws secretUnreadable when it was sealed with another key */
export function openSecret(secrets: Secrets, sealed: string | null): DoorSecret | null {
  return sealed === null ? null : (JSON.parse(unseal(secrets, sealed)) as DoorSecret); // Written by sealSecret alone.
}

function unseal(secrets: Secrets, sealed: string): string {
  try {
    return secrets.open(sealed);
  } catch {
    // What the cipher says of it helps nobody.
    throw secretUnreadable({});
  }
}
