import { type Static, Type } from 'typebox';
import { MemberId } from './ids.ts';
import { defineRoute, listOf, Moment, orNull, words } from './wire.ts';

export const houseLetterKinds = ['invitation', 'reset', 'unusual_sign_in'] as const;
export type HouseLetterKind = (typeof houseLetterKinds)[number];

/** A letter that the house wrote to one of its people, and what became of it. */
export const HouseLetter = Type.Object({
  memberId: MemberId,
  kind: words(houseLetterKinds),
  /** `unknown`: the line died after it went out. `dropped`: its reason was gone before it left. */
  state: words(['waiting', 'sending', 'accepted', 'refused', 'unknown', 'dropped'] as const),
  /** The far server's own words; empty for who may not see colleagues' addresses, which stand in them. */
  reply: Type.String(),
  createdAt: Moment,
  settledAt: orNull(Moment),
});
export type HouseLetter = Static<typeof HouseLetter>;

export const listHouseLettersRoute = defineRoute({
  method: 'GET',
  path: '/house-letters',
  summary:
    'What became of the newest letter of each kind to each person, for who invites people or resets passwords',
  answer: listOf(HouseLetter),
});
