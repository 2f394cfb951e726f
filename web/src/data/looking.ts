import { type ConversationId, lookAwayRoute, lookRoute, PRESENCE_LASTS } from '@madoguchi/contract';
import { call } from './client.ts';
import { clientId } from './client-id.ts';

const BEAT = PRESENCE_LASTS / 2;

interface Look {
  conversationId: ConversationId;
  /** Something to write is open there. */
  writing: boolean;
}

let wanted: Look | null = null;
let saying = false;
let changed = false;
let timer: ReturnType<typeof setInterval> | undefined;

/** What this window shows to its person: a hidden one shows nothing. */
const shown = (): Look | null => (document.visibilityState === 'visible' ? wanted : null);

/** One after the other, so that an older word never arrives after a newer one. */
async function say(): Promise<void> {
  changed = true;
  if (saying) return;
  saying = true;
  while (changed) {
    changed = false;
    const look = shown();
    const body = { clientId, conversationId: look?.conversationId ?? null, writing: look?.writing ?? false };
    // The next beat says it again; whether the sign-in still holds is for others to find out.
    await call(lookRoute, { body }, { onSignedOut: 'throw' }).catch(() => undefined);
  }
  saying = false;
}

/** The window is going: the request outlives it, and when it is lost the server forgets the window by itself. */
function sayGone(): void {
  if (wanted === null) return;
  void call(lookAwayRoute, { body: { clientId } }, { keepalive: true, onSignedOut: 'throw' }).catch(
    () => undefined,
  );
}

const sayAgain = () => void say();

/** Tells colleagues that this window looks at a conversation, until it says otherwise; null for none. */
export function lookAt(look: Look | null): void {
  wanted = look;
  if (look !== null && timer === undefined) {
    timer = setInterval(() => shown() !== null && void say(), BEAT);
    document.addEventListener('visibilitychange', sayAgain);
    addEventListener('pagehide', sayGone);
    // Back from the browser's own memory.
    addEventListener('pageshow', sayAgain);
  }
  if (look === null) {
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener('visibilitychange', sayAgain);
    removeEventListener('pagehide', sayGone);
    removeEventListener('pageshow', sayAgain);
  }
  void say();
}
