import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { type App, openApp } from './app.ts';
import { serveDocs } from './docs-page.ts';

async function anApp(settings: Record<string, string> = {}): Promise<App> {
  const app = await openApp(readConfig({ MADOGUCHI_DATA: '/nowhere', ...settings }));
  app.get('/api/v1/people', () => ({ name: '佐藤' }));
  app.get('/api/v1/kept', (_request, reply) => reply.header('cache-control', 'private, max-age=60').send({}));
  app.get('/page', () => 'page');
  serveDocs(app);
  await app.ready();
  return app;
}

test('answers of the API are kept by nobody unless their route allows it', async () => {
  const app = await anApp();
  const kept = async (url: string) => (await app.inject(url)).headers['cache-control'];
  expect([await kept('/api/v1/people'), await kept('/api/v1/nothing'), await kept('/api/v1/kept')]).toEqual([
    'no-store',
    'no-store',
    'private, max-age=60',
  ]);
  expect(await kept('/page')).toBeUndefined();
});

test('a browser is told to come by https exactly when the public address is https', async () => {
  const said = async (url: string) =>
    (await (await anApp({ MADOGUCHI_URL: url })).inject('/page')).headers['strict-transport-security'];
  expect(await said('https://mado.komorebi.example')).toMatch(/^max-age=31536000$/);
  expect(await said('http://mado.komorebi.example')).toBeUndefined();
});

test('no answer may be embedded by a page of another site', async () => {
  const { headers } = await (await anApp()).inject('/api/v1/people');
  expect(headers).toMatchObject({
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
  });
});

test('the style of the page of the API is allowed by its hash, and no other', async () => {
  const answer = await (await anApp()).inject('/api/v1/docs');
  const style = /<style>([\s\S]*?)<\/style>/.exec(answer.body)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(answer.headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
  expect(answer.headers['content-security-policy']).not.toContain('unsafe');
});

test('who dribbles his headers is shut out', async () => {
  const { server } = await anApp();
  expect(server.headersTimeout).toBeLessThanOrEqual(20_000);
  expect(server.requestTimeout).toBeGreaterThan(0);
});

test('a body nested without end is refused in words, and one of ten levels is not', async () => {
  const schema = { body: Type.Object({ text: Type.Unknown() }) };
  const asked = await openApp(readConfig({ MADOGUCHI_DATA: '/nowhere' }));
  asked.post('/api/v1/notes', { schema }, () => ({}));
  await asked.ready();
  const lay = (depth: number) =>
    asked.inject({
      method: 'POST',
      url: '/api/v1/notes',
      headers: { 'content-type': 'application/json' },
      payload: `{"text":${'['.repeat(depth)}${']'.repeat(depth)}}`,
    });
  expect([(await lay(10)).statusCode, (await lay(100_000)).statusCode]).toEqual([200, 400]);
  expect((await lay(100_000)).json().code).toBe('platform.body_unreadable');
});
