import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corpusFolder } from '../golden/corpus-folder.ts';
import { cleanCss } from './clean-css.ts';
import { cleanHtml } from './clean-html.ts';

const cleaned = (html: string): string => cleanHtml(html)?.html ?? 'over budget';

/** What must be in no cleaned HTML, wherever it came from. */
const EXECUTABLE = [
  /<\/?(?:script|iframe|frame|object|embed|applet|form|input|button|textarea|select|meta|link|base|svg|math|template|video|audio|source|noscript|xmp|plaintext|portal|animate|set|use|foreignobject|isindex|bgsound|layer|ilayer)\b/i,
  /<[^>]*\son\w+\s*=/i,
  /<[^>]*\b(?:href|src|action|formaction|background|poster|xlink:href|data)\s*=\s*"?\s*(?:javascript|vbscript|data:text|livescript)/i,
  /(?:javascript|vbscript)\s*:[^"]*"\s*>/i,
  /<[^>]*\bsrc\s*=\s*"?(?!data:image\/(?:png|gif|jpe?g|webp|bmp|x-icon)[;,])[^\s>]/i,
  /<[^>]*\b(?:srcset|srcdoc|background|ping|dynsrc|lowsrc)\s*=/i,
  /(?:expression|url|image-set|src)\s*\([^)]/i,
  /@import/i,
];

/** Text is inert however it reads, and so are words in a title; the rest of a tag and style are looked at. */
function inTags(html: string): string {
  const acting = html.replace(
    / (?:alt|class|face|id|lang|name|summary|title|type|value|usemap)="[^"]*"/g,
    '',
  );
  const tags = acting.match(/<[^>]*>/g) ?? [];
  const styles = html.match(/<style>[^<]*<\/style>/g) ?? [];
  return [...tags, ...styles].join('\n');
}

function expectHarmless(html: string): void {
  for (const pattern of EXECUTABLE) expect(inTags(html)).not.toMatch(pattern);
}

describe('nothing that runs or loads survives', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<svg/onload=alert(1)>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<form action="https://evil.example"><input name=a><button formaction=javascript:alert(1)></form>',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<link rel=stylesheet href="https://evil.example/a.css">',
    '<style>@import "https://evil.example/a.css"; p{background:url(https://evil.example/p)}</style>',
    '<style>p{color:red}</style ><img src=x onerror=alert(1)>',
    '<style><!--</style><img src=x onerror=alert(1)>--></style>',
    '<p style="background:u\\72l(https://evil.example/p)">x</p>',
    '<p style="width:expr/**/ession(alert(1))">x</p>',
    '<p style="behavior:url(#x);-moz-binding:url(x)">x</p>',
    '<table background="https://evil.example/p"><td background="https://evil.example/p">x</table>',
    '<img srcset="https://evil.example/p 2x" src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<video poster="https://evil.example/p"><source src=x></video>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<object data="https://evil.example/x.swf"></object><embed src=x>',
  ])('%s', (html) => expectHarmless(cleaned(html)));
});

test('remote images wait for a click', () => {
  expect(cleaned('<img src="https://shop.example/a.png" alt="a">')).toBe(
    '<img alt="a" data-remote-src="https://shop.example/a.png" />',
  );
  expect(cleaned('<img src="//shop.example/a.png">')).toContain(
    'data-remote-src="https://shop.example/a.png"',
  );
});

test('a mail cannot say itself which address an image waits with', () => {
  expect(cleaned('<p data-remote-src="javascript:x" data-cid="y">x</p>')).toBe('<p>x</p>');
});

test('images that came along are named by their Content-ID', () => {
  const result = cleanHtml('<img src="cid:a%40x"><img src="image001.png">', (source) =>
    source === 'image001.png' ? 'b@x' : null,
  );
  expect(result?.html).toBe('<img data-cid="a@x" /><img data-cid="b@x" />');
  expect(result?.contentIds).toEqual(['a@x', 'b@x']);
});

test('links open outside, and only to where a mail may point', () => {
  expect(cleaned('<a href="https://shop.example/?a=1&amp;b=2">x</a>')).toBe(
    '<a href="https://shop.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">x</a>',
  );
  expect(cleaned('<a href="tel:0312345678">x</a>')).toContain('href="tel:0312345678"');
  expect(cleaned('<a href="ftp://x.example">x</a>')).toBe('<a>x</a>');
  expect(cleaned('<a href="/relative" target="_top">x</a>')).toBe('<a>x</a>');
});

test('the look of a mail is kept: its styles, colours and tables', () => {
  const html =
    '<html><head><style>.a{color:red}</style></head><body bgcolor="#ffffff"><table width="600"><tr><td class="a" style="padding:4px">x</td></tr></table></body></html>';
  expect(cleaned(html)).toBe(
    '<style>\n.a{color:red}\n</style>\n<div style="background-color:#ffffff"><table width="600"><tr><td class="a" style="padding:4px">x</td></tr></table></div>',
  );
});

test("Outlook's conditional styles are for Outlook, the words around them are not", () => {
  expect(
    cleaned('<!--[if mso]><style>p{x:y}</style><![endif]--><p>words</p><![if !mso]><p>more</p><![endif]>'),
  ).toBe('<p>words</p><p>more</p>');
});

test('HTML that is too much work is not shown at all', () => {
  expect(cleanHtml('<p>x</p>'.repeat(300_001))).toBeNull();
  expect(cleanHtml('x'.repeat(6_000_001))).toBeNull();
});

test('cleaned CSS cannot end its own style element', () => {
  expect(cleanCss('p{content:"</style><script>"}')).not.toContain('<');
});

test.skipIf(corpusFolder(process.env.TEST_CORPUS) === null)('corpus: no payload of DOMPurify runs', () => {
  const folder = corpusFolder(process.env.TEST_CORPUS) ?? '';
  const vectors: { payload: string }[] = JSON.parse(
    readFileSync(join(folder, 'html-xss/dompurify-vectors.json'), 'utf8'),
  );
  expect(vectors.length).toBeGreaterThan(100);
  for (const { payload } of vectors) expectHarmless(cleaned(payload));
});
