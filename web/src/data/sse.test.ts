import { expect, test } from 'vitest';
import { streamReader } from './sse.ts';

test('an event that arrives in pieces is given once it is whole', () => {
  const read = streamReader();
  expect(read('event: change\nid: 4')).toEqual([]);
  expect(read('1\ndata: {"a":1}\n')).toEqual([]);
  expect(read('\n')).toEqual([{ event: 'change', id: '41', data: '{"a":1}' }]);
});

test('a heartbeat comment is no event', () => {
  expect(streamReader()(': still here\n\n')).toEqual([]);
});

test('lines of data are joined by a line break', () => {
  expect(streamReader()('data: a\ndata: b\n\n')[0]?.data).toBe('a\nb');
});

test('a line end that is cut between CR and LF is one line end', () => {
  const read = streamReader();
  expect(read('data: a\r')).toEqual([]);
  expect(read('\n\r\n')).toEqual([{ event: 'message', id: '', data: 'a' }]);
});

test('the name of an event does not stay for the next one, its id does', () => {
  const read = streamReader();
  const events = read('event: reset\nid: 7\ndata: {}\n\ndata: x\n\n');
  expect(events.map(({ event, id }) => [event, id])).toEqual([
    ['reset', '7'],
    ['message', '7'],
  ]);
});
