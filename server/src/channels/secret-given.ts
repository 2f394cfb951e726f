import type { ImapDoor, SmtpDoor } from '@madoguchi/contract';
import type { DoorSecret, StoredDoor } from './channel.ts';

/** The secret that a person typed; null when he left the stored one as it is. */
export function secretGiven(door: ImapDoor | SmtpDoor): DoorSecret | null {
  if (door.accessToken) return { accessToken: door.accessToken };
  return door.password ? { password: door.password } : null;
}

/**
 * Whether a stored secret may open the door that is asked for: the same host and user, and a line no weaker
 * than the one it was given for. Anything else would hand it to another server, or to whoever listens.
 */
export function mayReuseSecret(stored: StoredDoor | null, asked: StoredDoor | null): boolean {
  if (stored === null || asked === null) return false;
  if (stored.host !== asked.host || stored.user !== asked.user) return false;
  if (asked.security === 'none' && stored.security !== 'none') return false;
  return asked.verifyCertificate || !stored.verifyCertificate;
}
