import type { Draft, DraftFile, DraftWords, Proposal } from '@madoguchi/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { codeOf } from '../data/client.ts';
import { withAddresses } from './addresses.ts';
import { forgetLocally, keepLocally, readLocally } from './local-draft.ts';

export type SaveState = { kind: 'clean' | 'saving' | 'here' | 'conflict' } | { kind: 'saved'; at: Date };

export interface Writing {
  words: DraftWords;
  files: DraftFile[];
  version: number;
}

export const noWords: DraftWords = {
  messageId: null,
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  quote: '',
  signature: '',
  uploadIds: [],
};

const HERE_AFTER = 500;
const SERVER_AFTER = 2_000;
const SERVER_AT_MOST = 5_000;

interface Options {
  /** Names the copy on this device. */
  name: string;
  save: (words: DraftWords, version: number) => Promise<Draft>;
}

const toWriting = (from: Draft | Proposal): Writing => {
  const { messageId, to, cc, bcc, subject, text, quote, signature, uploadIds } = from;
  return {
    words: { messageId, to, cc, bcc, subject, text, quote, signature, uploadIds },
    files: from.files,
    version: 'version' in from ? from.version : 0,
  };
};

/** What was typed stays; recipients join those who were there. */
const withTyped = (words: DraftWords, typed: Partial<DraftWords>): DraftWords => ({
  ...words,
  ...typed,
  to: withAddresses(words.to, typed.to ?? []),
  cc: withAddresses(words.cc, typed.cc ?? []),
  bcc: withAddresses(words.bcc, typed.bcc ?? []),
});

/**
 * Words that are never lost: kept on this device within a second, on the server within five. Saves follow
 * one another, each naming the version it began with.
 */
export function useDraft({ name, save }: Options) {
  const [writing, setWriting] = useState<Writing>(() => ({ words: noWords, files: [], version: 0 }));
  const [state, setState] = useState<SaveState>({ kind: 'clean' });
  const now = useRef(writing);
  const dirty = useRef(false);
  const running = useRef<Promise<void> | null>(null);
  const timers = useRef<Partial<Record<'here' | 'soon' | 'most', ReturnType<typeof setTimeout>>>>({});
  const latest = useRef({ name, save });
  latest.current = { name, save };

  /** What was typed before the words to begin with came; null from then on. */
  const early = useRef<Partial<DraftWords> | null>({});

  const put = useCallback((next: Writing) => {
    now.current = next;
    setWriting(next);
  }, []);

  const keepHere = useCallback(() => {
    const typed = early.current === null ? {} : { typed: early.current };
    keepLocally(latest.current.name, { ...now.current, ...typed, at: new Date().toISOString() });
  }, []);

  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(timers.current.soon);
    clearTimeout(timers.current.most);
    delete timers.current.most;
    if (running.current !== null) await running.current;
    // Without what it begins with, a letter would be kept without its recipients.
    if (!dirty.current || early.current !== null) return;
    dirty.current = false;
    setState({ kind: 'saving' });
    const { words, version } = now.current;
    running.current = latest.current.save(words, version).then(
      (draft) => {
        put({ ...now.current, version: draft.version });
        if (!dirty.current) forgetLocally(latest.current.name);
        setState({ kind: 'saved', at: new Date(draft.savedAt) });
      },
      (error: unknown) => {
        dirty.current = true;
        keepHere();
        setState({ kind: codeOf(error) === 'compose.draft_changed' ? 'conflict' : 'here' });
        if (codeOf(error) !== 'compose.draft_changed')
          timers.current.soon = setTimeout(() => void flush(), SERVER_AT_MOST);
      },
    );
    await running.current;
    running.current = null;
  }, [put, keepHere]);

  const touch = useCallback(() => {
    dirty.current = true;
    clearTimeout(timers.current.here);
    clearTimeout(timers.current.soon);
    timers.current.here = setTimeout(keepHere, HERE_AFTER);
    timers.current.soon = setTimeout(() => void flush(), SERVER_AFTER);
    timers.current.most ??= setTimeout(() => void flush(), SERVER_AT_MOST);
  }, [flush, keepHere]);

  const change = useCallback(
    (patch: Partial<DraftWords>) => {
      if (early.current !== null) early.current = { ...early.current, ...patch };
      put({ ...now.current, words: { ...now.current.words, ...patch } });
      touch();
    },
    [put, touch],
  );

  const setFiles = useCallback(
    (step: (files: DraftFile[]) => DraftFile[]) => {
      const files = step(now.current.files);
      put({
        ...now.current,
        files,
        words: { ...now.current.words, uploadIds: files.map((file) => file.uploadId) },
      });
      touch();
    },
    [put, touch],
  );

  /** Takes what the server keeps or proposes, under what was typed meanwhile and what this device kept. */
  const begin = useCallback(
    (from: Draft | Proposal) => {
      const start = toWriting(from);
      const here = readLocally(latest.current.name);
      const savedAt = 'savedAt' in from ? Date.parse(from.savedAt) : 0;
      const typed = { ...here?.typed, ...early.current };
      early.current = null;
      const base =
        here !== null && here.typed === undefined && Date.parse(here.at) > savedAt
          ? { ...start, words: here.words, files: here.files }
          : start;
      put({ ...base, words: withTyped(base.words, typed) });
      if (base !== start || Object.keys(typed).length > 0) touch();
      else if ('savedAt' in from) setState({ kind: 'saved', at: new Date(savedAt) });
    },
    [put, touch],
  );

  /** After a conflict: the server's words, or one's own over them (the server keeps both as versions). */
  const settle = useCallback(
    (server: Draft, whose: 'theirs' | 'mine') => {
      if (whose === 'theirs') {
        dirty.current = false;
        forgetLocally(latest.current.name);
        put(toWriting(server));
        setState({ kind: 'saved', at: new Date(server.savedAt) });
        return;
      }
      put({ ...now.current, version: server.version });
      dirty.current = true;
      void flush();
    },
    [put, flush],
  );

  /** Once sent or thrown away: nothing is to be saved any more. */
  const forget = useCallback(() => {
    dirty.current = false;
    for (const timer of Object.values(timers.current)) clearTimeout(timer);
    forgetLocally(latest.current.name);
  }, []);

  /**
   * The server's draft is another's now. What it had not been told yet becomes a draft of one's own, so that
   * it is nobody's loss; otherwise nothing is left to be saved.
   */
  const detach = useCallback(async () => {
    if (running.current !== null) await running.current;
    for (const timer of Object.values(timers.current)) clearTimeout(timer);
    if (!dirty.current) return forgetLocally(latest.current.name);
    put({ ...now.current, version: 0 });
    await flush();
  }, [put, flush]);

  /** The words as they are at this moment, also after the last drawing. */
  const wordsNow = useCallback(() => now.current.words, []);
  useAtEnd(() => {
    // A save on its way may never be answered: the sign-in that it needs can end under it.
    clearTimeout(timers.current.here);
    if (dirty.current || running.current !== null) keepHere();
    if (dirty.current) void flush();
  });
  useLeavingPage(() => dirty.current && keepHere());

  return { ...writing, state, wordsNow, change, setFiles, begin, flush, forget, detach, settle };
}

/** What is done with the words when one walks away from them. */
function useAtEnd(act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => () => latest.current(), []);
}

/** While the page goes there is time for what is kept here, and for nothing else. */
function useLeavingPage(act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const leave = () => latest.current();
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, []);
}

export type DraftHandle = ReturnType<typeof useDraft>;
