import { afterEach, expect, test } from 'vitest';
import { endOf, session } from './session.ts';

afterEach(() => session.resume());

test('a session that ran out can be taken up again', () => {
  session.finish(endOf('accounts.not_signed_in'));
  expect(session.end()).toBe('over');
  session.resume();
  expect(session.end()).toBeNull();
});

test('who may not come back is not asked to sign in again by an answer that was on its way', () => {
  session.finish(endOf('accounts.access_ended'));
  session.finish(endOf('accounts.not_signed_in'));
  expect(session.end()).toBe('ended');
});

test('the server’s words tell a foreign network and a missing second factor apart from a run-out session', () => {
  expect(endOf('accounts.network_refused')).toBe('network');
  expect(endOf('accounts.second_factor_needed')).toBe('second_factor');
  expect(endOf('http.401')).toBe('over');
});

test('a listener hears of each change once', () => {
  let heard = 0;
  const leave = session.subscribe(() => {
    heard += 1;
  });
  session.finish('over');
  session.finish('over');
  leave();
  expect(heard).toBe(1);
});
