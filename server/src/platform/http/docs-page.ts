import { createHash } from 'node:crypto';
import type { App } from './app.ts';

const escapeHtml = (text: string) =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );

const STYLE = `body{font:15px/1.6 system-ui,sans-serif;max-width:920px;margin:40px auto;padding:0 16px;color:#1a212d;background:#fff}
h1{font-size:22px}h2{font-size:17px;margin-top:40px}code,pre{font:13px/1.5 ui-monospace,monospace}
summary{cursor:pointer;padding:6px 0}summary b{display:inline-block;width:64px;color:#254ca8}
pre{background:#f2f4f8;padding:12px;border-radius:6px;overflow:auto;white-space:pre-wrap}
@media(prefers-color-scheme:dark){body{background:#12151a;color:#e7eaee}pre{background:#1d2127}summary b{color:#99b3fa}}`;
/** The policy names the one style of this page by its hash; the page is the same for everybody. */
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: unknown[];
  requestBody?: unknown;
  responses?: Record<string, unknown>;
}

/** /api/v1/openapi.json for programs, /api/v1/docs for people; both from the routes' own schemas. */
export function serveDocs(app: App): void {
  app.get('/api/v1/openapi.json', { schema: { hide: true }, config: { open: true } }, () => app.swagger());
  app.get('/api/v1/docs', { schema: { hide: true }, config: { open: true } }, (_request, reply) =>
    reply
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      )
      .type('text/html; charset=utf-8')
      .send(renderDocs(app)),
  );
}

function renderDocs(app: App): string {
  const paths = (app.swagger() as { paths?: Record<string, Record<string, Operation>> }).paths ?? {};
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = Map.groupBy(all, ({ operation }) => operation.tags?.[0] ?? '');
  const body = [...groups]
    .map(([tag, list]) => `<h2>${escapeHtml(tag)}</h2>${list.map(renderOne).join('')}`)
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Madoguchi API</title><style>${STYLE}</style><h1>Madoguchi API v1</h1>
<p>Send <code>Authorization: Bearer TOKEN</code>; <code>npx madoguchi token --email ADDRESS</code> prints one.
Lists are <code>{items, next}</code>; give <code>next</code> as <code>cursor</code> for the following page.
A name in a query that a route does not know is refused, never ignored.
A refusal is <code>{code, message, facts, requestId}</code>.
The same as a file: <a href="/api/v1/openapi.json">openapi.json</a>.</p>${body}</html>`;
}

function renderOne({
  path,
  method,
  operation,
}: {
  path: string;
  method: string;
  operation: Operation;
}): string {
  const facts = {
    ...(operation.parameters && { parameters: operation.parameters }),
    ...(operation.requestBody !== undefined && { body: operation.requestBody }),
    answer: operation.responses?.['200'],
  };
  return `<details><summary><b>${escapeHtml(method.toUpperCase())}</b><code>${escapeHtml(path)}</code> ${escapeHtml(
    operation.summary ?? '',
  )}</summary><pre>${escapeHtml(JSON.stringify(facts, null, 2))}</pre></details>`;
}
