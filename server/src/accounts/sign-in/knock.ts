import type { AppReply, AppRequest } from '../../platform/index.ts';
import type { Door } from './doors.ts';
import type { Asker } from './find-asker.ts';

/** A knock at a door: who, and with which words. */
export interface Knock {
  door: Door;
  request: AppRequest;
  reply: AppReply;
  body: Record<string, unknown>;
  asker: Asker | null;
}
