import { expect, test } from 'vitest';
import { htmlOfText } from './html-of-text.ts';

const bodyOf = (text: string) => /<body>(.*)<\/body>/s.exec(htmlOfText(text))?.[1];

test('lines stay lines', () => {
  expect(bodyOf('お世話に\n\nなります')).toBe('<div>お世話に<br><br>なります</div>');
});

test('nothing of the text becomes markup', () => {
  expect(bodyOf('<script>alert("x")</script> & \'y\'')).toBe(
    '<div>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;</div>',
  );
  expect(bodyOf('https://x.example/"onclick="a')).not.toContain('onclick="');
});

test('a link can be clicked, and the sentence around it is none of it', () => {
  expect(bodyOf('こちら（https://komorebi.example/a?b=1&c=2）です。')).toBe(
    '<div>こちら（<a href="https://komorebi.example/a?b=1&amp;c=2">https://komorebi.example/a?b=1&amp;c=2</a>）です。</div>',
  );
  expect(bodyOf('See https://komorebi.example/a.')).toContain('>https://komorebi.example/a</a>.');
});

test('quotes become blocks as deep as they were', () => {
  const html = bodyOf('新しい文\n> 一段\n>> 二段\n> 一段\n終わり') ?? '';
  expect(html.replace(/ style="[^"]*"/g, '')).toBe(
    '<div>新しい文</div><blockquote><div>一段</div><blockquote><div>二段</div></blockquote>' +
      '<div>一段</div></blockquote><div>終わり</div>',
  );
});

test('columns that people line up with spaces stay lined up', () => {
  expect(bodyOf('A   1\n  B')).toBe('<div>A&nbsp;&nbsp; 1<br>&nbsp; B</div>');
});
