import type { Conversation } from '@madoguchi/contract';
import { useMe } from '../data/queries.ts';
import type { Writing } from './writing.ts';

export type Rights = Conversation['rights'];

const SEEN_ONLY = {
  answer: false,
  forward: false,
  send: false,
  note: false,
  take: false,
  assign: false,
  setStatus: false,
  label: false,
  move: false,
  markSpam: false,
  delete: false,
  upload: false,
  breakHold: false,
} as const satisfies Partial<Rights>;

/** What one may do with a conversation; while one looks at it as somebody else, nothing can be changed. */
export function useRights({ rights }: Conversation): Rights {
  const { preview } = useMe();
  return preview === null ? rights : { ...rights, ...SEEN_ONLY };
}

export function mayWrite(rights: Rights, writing: Writing): boolean {
  if (writing === 'note') return rights.note;
  return writing === 'forward' ? rights.forward : rights.answer;
}
