import type { Me, Member, Permission, Role } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { actsOn } from './rights.ts';

const EVERYTHING: Permission[] = [
  'people.edit',
  'people.reset',
  'people.suspend',
  'people.retire',
  'people.preview',
  'people.end_sign_ins',
];

// What the function reads, and no more.
const me = (permissions: Permission[]) => ({ member: { id: 'me' }, permissions }) as Me;
const person = (state: Member['state'], id = 'other') => ({ id, state }) as Member;
const role = (permissions: Permission[]) => ({ permissions }) as Role;

test('who has all rights of the other’s role may do everything that fits his state', () => {
  const acts = actsOn(me(EVERYTHING), person('active'), role(['people.edit']));
  expect(acts).toMatchObject({ edit: true, suspend: true, retire: true, preview: true, comeBack: false });
});

test('a person whose role has a right that one has not cannot be touched', () => {
  const acts = actsOn(me(EVERYTHING), person('active'), role(['security.manage']));
  expect(Object.values(acts)).not.toContain(true);
});

test('nobody retires, suspends, looks at or signs out himself', () => {
  const acts = actsOn(me(EVERYTHING), person('active', 'me'), role([]));
  expect(acts).toMatchObject({
    suspend: false,
    retire: false,
    preview: false,
    endSignIns: false,
    edit: true,
  });
});

test('who has left or is on leave comes back, and who is invited can be sent on leave too', () => {
  expect(actsOn(me(EVERYTHING), person('left'), role([]))).toMatchObject({ comeBack: true, retire: false });
  expect(actsOn(me(EVERYTHING), person('suspended'), role([]))).toMatchObject({
    comeBack: true,
    retire: true,
  });
  expect(actsOn(me(EVERYTHING), person('invited'), role([]))).toMatchObject({ suspend: true, retire: true });
});

test('a retirement is undone by who may retire', () => {
  const manager = me(['people.suspend']);
  expect(actsOn(manager, person('left'), role([])).comeBack).toBe(false);
  expect(actsOn(manager, person('suspended'), role([])).comeBack).toBe(true);
});

test('without a right of his own one may do nothing', () => {
  expect(Object.values(actsOn(me([]), person('active'), role([])))).not.toContain(true);
});
