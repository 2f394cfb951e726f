import {
  listConversationsRoute,
  messageHtmlRoute,
  saveDraftRoute,
  sendRoute,
  uploadRoute,
} from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { type App, openApp } from './app.ts';
import { serveDocs } from './docs-page.ts';
import { route } from './route.ts';

async function anApp(register: (app: App) => void, now?: () => Date): Promise<App> {
  const app = await openApp(readConfig({ MADOGUCHI_DATA: '/nowhere' }), now);
  register(app);
  serveDocs(app);
  await app.ready();
  return app;
}

const AT = '/api/v1/conversations/019aa000-0000-7000-8000-000000000000';

test('the description says which answers are no JSON, and which body is a form', async () => {
  const app = await anApp((routes) => {
    route(routes, messageHtmlRoute, async ({ reply }) => reply.type('text/html').send('<p>x</p>'));
    route(routes, uploadRoute, async () => {
      throw new Error('not asked here');
    });
  });
  const { paths } = (await app.inject('/api/v1/openapi.json')).json();
  const page = paths['/api/v1/messages/{messageId}/html'].get;
  expect(Object.keys(page.responses['200'].content)).toEqual(['text/html']);
  expect(Object.keys(page.responses['4XX'].content)).toEqual(['application/json']);
  const form = paths['/api/v1/uploads'].post;
  expect(Object.keys(form.requestBody.content)).toEqual(['multipart/form-data']);
  expect(form.requestBody.content['multipart/form-data'].schema.properties).toHaveProperty('file');
  const shown = await app.inject('/api/v1/messages/019aa000-0000-7000-8000-000000000000/html');
  expect([shown.statusCode, shown.body]).toEqual([200, '<p>x</p>']);
});

test('a number that the database cannot hold is refused in words', async () => {
  const app = await anApp((routes) => {
    route(routes, sendRoute, async () => {
      throw new Error('it went through');
    });
  });
  const payload = { kind: 'reply', seenRevision: 2 ** 31, submissionKey: 'key-00000001' };
  const answer = await app.inject({ method: 'POST', url: `${AT}/send`, payload });
  expect([answer.statusCode, answer.json().facts.faults[0].path]).toEqual([400, '/seenRevision']);
});

test('signs that the database cannot keep are replaced in bodies and addresses alike', async () => {
  const seen: unknown[] = [];
  const app = await anApp((routes) => {
    route(routes, { ...saveDraftRoute, answer: uploadRoute.body }, async ({ body }) => {
      seen.push(body.subject, body.to[0]?.name);
      return {};
    });
  });
  const words = { text: '', quote: '', signature: '', uploadIds: [], messageId: null, cc: [], bcc: [] };
  const to = [{ name: 'a\ud800', address: 'a@b.example' }];
  const payload = { ...words, kind: 'reply', version: 0, seenRevision: 0, subject: 'a\0b', to };
  expect((await app.inject({ method: 'PUT', url: `${AT}/draft`, payload })).statusCode).toBe(200);
  expect(seen).toEqual(['a\ufffdb', 'a\ufffd']);
});

test('a name that a route does not know is refused and named, not ignored', async () => {
  const app = await anApp((routes) => {
    route(routes, listConversationsRoute, async () => ({ items: [], next: null }));
    route(routes, sendRoute, async () => {
      throw new Error('it went through');
    });
  });
  const mistyped = await app.inject('/api/v1/conversations?asignee=me&limit=1');
  expect([mistyped.statusCode, mistyped.json().code, mistyped.json().facts.unknown]).toEqual([
    400,
    'platform.query_name_unknown',
    ['asignee'],
  ]);
  expect(mistyped.json().facts.known).toContain('assignee');
  expect((await app.inject('/api/v1/conversations?assignee=me&limit=1')).statusCode).toBe(200);
  // Names that every object has are no exception, and a route without a query knows none.
  expect((await app.inject('/api/v1/conversations?constructor=1')).statusCode).toBe(400);
  const payload = { kind: 'reply', seenRevision: 1, submissionKey: 'key-00000001' };
  const sent = await app.inject({ method: 'POST', url: `${AT}/send?dry=1`, payload });
  expect([sent.statusCode, sent.json().facts.unknown]).toEqual([400, ['dry']]);
});

test('every answer tells the clock that it was given, a refusal too', async () => {
  const app = await anApp(
    () => {},
    () => new Date('2026-11-20T02:54:00Z'),
  );
  const answers = [await app.inject('/api/v1/openapi.json'), await app.inject('/api/v1/nothing')];
  expect(answers.map(({ headers }) => headers['x-server-now'])).toEqual(
    Array(2).fill('2026-11-20T02:54:00.000Z'),
  );
});

test('behind a proxy the address is the one that the proxy added, not those that the client wrote', async () => {
  const askedFrom = async (env: Record<string, string>) => {
    const app = await openApp(readConfig({ MADOGUCHI_DATA: '/nowhere', ...env }));
    app.get('/who', async (request) => ({ ip: request.ip }));
    const headers = { 'x-forwarded-for': '192.0.2.66, 203.0.113.7' };
    return (await app.inject({ url: '/who', remoteAddress: '127.0.0.1', headers })).json().ip;
  };
  expect(await askedFrom({ MADOGUCHI_TRUST_PROXY: 'true' })).toBe('203.0.113.7');
  expect(await askedFrom({})).toBe('127.0.0.1');
});
