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
  /** `settles`: the stored words were shown, and these were chosen over them. */
  save: (words: DraftWords, version: number, settles: boolean) => Promise<Draft>;
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

/** Where saving stands, beside what is drawn. */
interface Saving {
  dirty: boolean;
  running: Promise<void> | null;
  timers: Partial<Record<'here' | 'soon' | 'most', ReturnType<typeof setTimeout>>>;
  /** Why the last save failed; null when it did not. */
  fault: unknown;
  /** The next save is chosen over stored words that were shown. */
  settles: boolean;
  /** What was typed before the words to begin with came; null from then on. */
  early: Partial<DraftWords> | null;
}

const newSaving = (): Saving => ({
  ...{ dirty: false, running: null, timers: {} },
  ...{ fault: null, settles: false, early: {} },
});

/**
 * Words that are never lost: kept on this device within a second, on the server within five. Saves follow
 * one another, each naming the version it began with.
 */
export function useDraft({ name, save }: Options) {
  const [writing, setWriting] = useState<Writing>(() => ({ words: noWords, files: [], version: 0 }));
  const [state, setState] = useState<SaveState>({ kind: 'clean' });
  const now = useRef(writing);
  const [saving] = useState(newSaving);
  const latest = useRef({ name, save });
  latest.current = { name, save };

  const put = useCallback((next: Writing) => {
    now.current = next;
    setWriting(next);
  }, []);

  const keepHere = useCallback(() => {
    const typed = saving.early === null ? {} : { typed: saving.early };
    keepLocally(latest.current.name, { ...now.current, ...typed, at: new Date().toISOString() });
  }, [saving]);

  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(saving.timers.soon);
    clearTimeout(saving.timers.most);
    delete saving.timers.most;
    if (saving.running !== null) await saving.running;
    // Without what it begins with, a letter would be kept without its recipients.
    if (!saving.dirty || saving.early !== null) return;
    saving.dirty = false;
    setState({ kind: 'saving' });
    const { words, version } = now.current;
    saving.running = latest.current.save(words, version, saving.settles).then(
      (draft) => {
        saving.fault = null;
        saving.settles = false;
        put({ ...now.current, version: draft.version });
        if (!saving.dirty) forgetLocally(latest.current.name);
        setState({ kind: 'saved', at: new Date(draft.savedAt) });
      },
      (error: unknown) => {
        saving.dirty = true;
        saving.fault = error;
        keepHere();
        setState({ kind: codeOf(error) === 'compose.draft_changed' ? 'conflict' : 'here' });
        if (codeOf(error) !== 'compose.draft_changed')
          saving.timers.soon = setTimeout(() => void flush(), SERVER_AT_MOST);
      },
    );
    await saving.running;
    saving.running = null;
  }, [put, keepHere, saving]);

  /**
   * Saves, and says under which version the server has these very words: what is sent must be what is seen.
   * @throws why they could not be saved
   */
  const keep = useCallback(async (): Promise<number> => {
    await flush();
    // Typed on while it was being saved.
    if (saving.dirty && saving.fault === null) await flush();
    if (saving.dirty) throw saving.fault ?? new Error('not kept yet');
    return now.current.version;
  }, [flush, saving]);

  const touch = useCallback(() => {
    saving.dirty = true;
    clearTimeout(saving.timers.here);
    clearTimeout(saving.timers.soon);
    saving.timers.here = setTimeout(keepHere, HERE_AFTER);
    saving.timers.soon = setTimeout(() => void flush(), SERVER_AFTER);
    saving.timers.most ??= setTimeout(() => void flush(), SERVER_AT_MOST);
  }, [flush, keepHere, saving]);

  const change = useCallback(
    (patch: Partial<DraftWords>) => {
      if (saving.early !== null) saving.early = { ...saving.early, ...patch };
      put({ ...now.current, words: { ...now.current.words, ...patch } });
      touch();
    },
    [put, touch, saving],
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
      const typed = { ...here?.typed, ...saving.early };
      saving.early = null;
      const base =
        here !== null && here.typed === undefined && Date.parse(here.at) > savedAt
          ? { ...start, words: here.words, files: here.files }
          : start;
      put({ ...base, words: withTyped(base.words, typed) });
      if (base !== start || Object.keys(typed).length > 0) touch();
      else if ('savedAt' in from) setState({ kind: 'saved', at: new Date(savedAt) });
    },
    [put, touch, saving],
  );

  /** After a conflict: the server's words, or one's own over them (the server keeps both as versions). */
  const settle = useCallback(
    (server: Draft, whose: 'theirs' | 'mine') => {
      if (whose === 'theirs') {
        saving.dirty = false;
        forgetLocally(latest.current.name);
        put(toWriting(server));
        setState({ kind: 'saved', at: new Date(server.savedAt) });
        return;
      }
      put({ ...now.current, version: server.version });
      saving.settles = true;
      saving.dirty = true;
      void flush();
    },
    [put, flush, saving],
  );

  /** Once sent or thrown away: nothing is to be saved any more. */
  const forget = useCallback(() => {
    saving.dirty = false;
    for (const timer of Object.values(saving.timers)) clearTimeout(timer);
    forgetLocally(latest.current.name);
  }, [saving]);

  /**
   * The server's draft is another's now. What it had not been told yet becomes a draft of one's own, so that
   * it is nobody's loss; otherwise nothing is left to be saved.
   */
  const detach = useCallback(async () => {
    if (saving.running !== null) await saving.running;
    for (const timer of Object.values(saving.timers)) clearTimeout(timer);
    if (!saving.dirty) return forgetLocally(latest.current.name);
    put({ ...now.current, version: 0 });
    await flush();
  }, [put, flush, saving]);

  /** The words as they are at this moment, also after the last drawing. */
  const wordsNow = useCallback(() => now.current.words, []);
  useAtEnd(() => {
    // A save on its way may never be answered: the sign-in that it needs can end under it.
    clearTimeout(saving.timers.here);
    if (saving.dirty || saving.running !== null) keepHere();
    if (saving.dirty) void flush();
  });
  useLeavingPage(() => saving.dirty && keepHere());

  return { ...writing, state, wordsNow, change, setFiles, begin, flush, keep, forget, detach, settle };
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
