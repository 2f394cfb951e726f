import type { Secrets } from '../../platform/index.ts';
import type { DoorSecret } from '../channel.ts';

/** Seals what opens a door, for its row. */
export function sealSecret(secrets: Secrets, secret: DoorSecret): string {
  return secrets.seal(JSON.stringify(secret));
}

/** @throws Error when it was sealed with another key */
export function openSecret(secrets: Secrets, sealed: string | null): DoorSecret | null {
  return sealed === null ? null : (JSON.parse(secrets.open(sealed)) as DoorSecret); // Written by sealSecret alone.
}
