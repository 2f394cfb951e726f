import type { ConversationItem, MemberId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { signalOf } from './signal.tsx';

const me = 'me' as MemberId;
const sato = 'sato' as MemberId;
const row = (facts: Partial<ConversationItem>) =>
  ({
    alarm: null,
    hold: null,
    draftMemberIds: [],
    woken: false,
    quarantined: false,
    ...facts,
  }) as ConversationItem;
const heldBy = (memberId: MemberId) => ({ hold: { memberId } as ConversationItem['hold'] });

test('a letter whose fate is unknown is said before anything else', () => {
  expect(signalOf(row({ alarm: 'unknown', ...heldBy(sato), draftMemberIds: [me] }), me)?.kind).toBe(
    'unknown',
  );
});

test('a colleague who replies is said before a draft', () => {
  expect(signalOf(row({ ...heldBy(sato), draftMemberIds: [me] }), me)).toEqual({
    kind: 'otherReplies',
    memberId: sato,
  });
});

test('my own hold is told from another one', () => {
  expect(signalOf(row(heldBy(me)), me)?.kind).toBe('youReply');
});

test("my draft is said before another's", () => {
  expect(signalOf(row({ draftMemberIds: [sato, me] }), me)?.kind).toBe('draft');
  expect(signalOf(row({ draftMemberIds: [sato] }), me)).toEqual({ kind: 'otherDraft', memberId: sato });
});

test('an ordinary row has no signal', () => {
  expect(signalOf(row({}), me)).toBeNull();
});
