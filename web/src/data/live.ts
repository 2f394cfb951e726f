import type { LiveLine, PresenceLine } from '@madoguchi/contract';
import type { QueryClient } from '@tanstack/react-query';
import { API } from './client.ts';
import { setConnection } from './connection.ts';
import { keys } from './keys.ts';
import { keepStream, type LiveNews } from './live-stream.ts';
import { askPresence, takePresence } from './presence.ts';
import { staleAfter } from './stale.ts';

const GATHER_LEAST = 300;
const GATHER_MOST = 600;
const COUNTS_APART = 1_000;
const POLL = 15_000;
/** A stream that opens again within this time was not worth a word. */
const CUT_AFTER = 5_000;

/**
 * Keeps what is on the screen as new as the server: gathers the stream's lines for a moment and refetches
 * what they made stale; without a stream, asks for everything on the screen every 15 s.
 *
 * @returns a function that ends it
 */
export function startLive(queries: QueryClient): () => void {
  const gathered = gatherLines(queries);
  let polling: ReturnType<typeof setInterval> | undefined;
  let cut: ReturnType<typeof setTimeout> | undefined;

  const refetchAll = () => void queries.invalidateQueries();

  const take = (news: LiveNews) => {
    if (news.type === 'line') gathered.add(JSON.parse(news.data) as LiveLine);
    else if (news.type === 'presence') takePresence(queries, JSON.parse(news.data) as PresenceLine);
    else if (news.type === 'reset') refetchAll();
    else if (news.open) opened();
    else broke();
  };

  const opened = () => {
    clearTimeout(cut);
    cut = undefined;
    // Who looks where has no place in the feed: what was missed is not told again.
    if (polling !== undefined) refetchAll();
    else askPresence(queries);
    clearInterval(polling);
    polling = undefined;
    setConnection('live');
  };

  const broke = () => {
    cut ??= setTimeout(() => {
      setConnection(navigator.onLine ? 'cut' : 'offline');
      polling ??= setInterval(refetchAll, POLL);
    }, CUT_AFTER);
  };

  const onNetwork = () => {
    if (!navigator.onLine) setConnection('offline');
    else if (polling !== undefined) setConnection('cut');
  };
  addEventListener('online', onNetwork);
  addEventListener('offline', onNetwork);
  const end = throughWorker(take) ?? whileVisible(take);
  return () => {
    end();
    gathered.end();
    clearTimeout(cut);
    clearInterval(polling);
    removeEventListener('online', onNetwork);
    removeEventListener('offline', onNetwork);
  };
}

/** What a burst of lines made stale is asked for once, a moment after the first of them. */
function gatherLines(queries: QueryClient): { add: (line: LiveLine) => void; end: () => void } {
  let lines: LiveLine[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let countsAt = 0;

  const flush = () => {
    gathering = undefined;
    const told = lines;
    lines = [];
    for (const queryKey of staleAfter(told)) {
      const isCounts = queryKey[0] === keys.counts()[0];
      const late = isCounts ? Math.max(0, countsAt + COUNTS_APART - Date.now()) : 0;
      if (isCounts) countsAt = Date.now() + late;
      if (late === 0) void queries.invalidateQueries({ queryKey });
      else setTimeout(() => void queries.invalidateQueries({ queryKey }), late);
    }
  };
  return {
    add: (line) => {
      lines.push(line);
      gathering ??= setTimeout(flush, GATHER_LEAST + Math.random() * (GATHER_MOST - GATHER_LEAST));
    },
    end: () => clearTimeout(gathering),
  };
}

/** The stream that all windows share, or null where the browser has none. */
function throughWorker(take: (news: LiveNews) => void): (() => void) | null {
  if (typeof SharedWorker === 'undefined') return null;
  let fallback: (() => void) | undefined;
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), {
    type: 'module',
    name: 'madoguchi-live',
  });
  worker.onerror = () => {
    fallback ??= whileVisible(take);
  };
  worker.port.onmessage = (event: MessageEvent<LiveNews>) => take(event.data);
  const leave = () => worker.port.postMessage('bye');
  addEventListener('pagehide', leave);
  return () => {
    leave();
    removeEventListener('pagehide', leave);
    fallback?.();
  };
}

/** A stream of this window alone, only while it is looked at. */
function whileVisible(take: (news: LiveNews) => void): () => void {
  let end: (() => void) | undefined;
  const follow = () => {
    if (document.visibilityState === 'visible') end ??= keepStream(`${API}/stream`, take);
    else {
      end?.();
      end = undefined;
    }
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    end?.();
  };
}
