import type { DoorFields } from '../ui/door-form.tsx';

/** What the first run asks for, as it is being typed. */
export interface SetupFacts {
  code: string;
  company: string;
  name: string;
  email: string;
  password: string;
  mailboxName: string;
  mailboxAddress: string;
  imap: DoorFields | null;
  smtp: DoorFields | null;
}
