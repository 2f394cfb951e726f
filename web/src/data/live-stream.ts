import { type StreamEvent, streamReader } from './sse.ts';

export type LiveNews =
  | { type: 'line'; data: string }
  | { type: 'presence'; data: string }
  | { type: 'reset' }
  | { type: 'state'; open: boolean };

const SILENCE = 12_000;
/** A stream that the server closed is asked for again at once: a session that was ended is known within a second. */
const FIRST_WAIT = 400;
const LONGEST_WAIT = 30_000;

/**
 * Keeps one stream open and tells its news; opens it again, with the last position, when it breaks.
 * The server writes a comment every 5 s; a stream silent for 12 s is taken for dead, which a plain
 * EventSource would not notice.
 *
 * @returns a function that ends it
 */
export function keepStream(address: string, tell: (news: LiveNews) => void): () => void {
  let lastId = '';
  let ended = false;
  let wait = FIRST_WAIT;
  let abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), SILENCE);
  };

  const readAll = async (body: ReadableStream<Uint8Array>) => {
    for await (const events of eventsOf(body)) {
      heard();
      for (const event of events) {
        if (event.id !== '') lastId = event.id;
        if (event.event === 'reset') tell({ type: 'reset' });
        else if (event.event === 'presence') tell({ type: 'presence', data: event.data });
        else tell({ type: 'line', data: event.data });
      }
    }
  };

  const once = async () => {
    abort = new AbortController();
    heard();
    const answer = await fetch(address, {
      credentials: 'same-origin',
      headers: { accept: 'text/event-stream', ...(lastId === '' ? {} : { 'last-event-id': lastId }) },
      signal: abort.signal,
    });
    // The session is over: whatever the page asks next finds that out and says so.
    if (answer.status === 401) tell({ type: 'reset' });
    if (!answer.ok || answer.body === null) throw new Error(`stream answered ${answer.status}`);
    wait = FIRST_WAIT;
    tell({ type: 'state', open: true });
    await readAll(answer.body);
  };

  const forever = async () => {
    while (!ended) {
      // Every way a stream can break ends in the same: say so, wait, open it again.
      await once().catch(() => undefined);
      clearTimeout(timer);
      if (ended) return;
      tell({ type: 'state', open: false });
      // Not all pages at one moment, when a server comes back.
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  };

  void forever();
  return () => {
    ended = true;
    clearTimeout(timer);
    abort.abort();
  };
}

/** What came in each piece; none for a comment, which only says that the other side is there. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent[]> {
  const read = streamReader();
  const text = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>);
  for (const reader = text.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    yield read(value);
  }
}
