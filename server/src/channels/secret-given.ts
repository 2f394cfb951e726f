import type { ImapDoor, SmtpDoor } from '@madoguchi/contract';
import type { DoorSecret } from './channel.ts';

/** The secret that a person typed; null when he left the stored one as it is. */
export function secretGiven(door: ImapDoor | SmtpDoor): DoorSecret | null {
  if (door.accessToken) return { accessToken: door.accessToken };
  return door.password ? { password: door.password } : null;
}
