import type { Ground } from './ground.ts';
import { type Answer, ask, brief } from './http.ts';
import { answerOf } from './people.ts';
import { ourPage } from './person.ts';
import { expectHonest, listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('files that come and go');
export const fileProbes = probes;

const MB = 1024 * 1024;

function lay({ url, people: { member } }: Ground, from: string, parts: readonly string[]): Promise<Answer> {
  const headers = {
    cookie: member.cookie,
    ...ourPage(url),
    'content-type': 'multipart/form-data; boundary=b',
  };
  const body = Buffer.from(`${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`, 'latin1');
  return ask({ url: `${url}/api/v1/uploads`, method: 'POST', headers, body, from });
}

const filePart = (name: string, content = 'x', type = 'text/plain') =>
  `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}`;

probe('a file of 26 MB', 'a file above the limit is kept', async (ground, from) => {
  const honest = await lay(ground, from, [filePart('a.txt')]);
  expectHonest(honest.status === 200, brief(honest));
  const answer = await lay(ground, from, [filePart('a.bin', 'a'.repeat(26 * MB))]).catch(
    (error: Error) => error,
  );
  return {
    sent: '26 MB',
    heard: answer instanceof Error ? answer.message : brief(answer),
    isHole: !(answer instanceof Error) && answer.status !== 413,
  };
});

probe(
  'a hundred files and fields in one form',
  'more than one file of a form is kept, or the form is a bug',
  async (ground, from) => {
    const before = await countUploads(ground);
    const fields = Array.from(
      { length: 100 },
      (_, at) => `Content-Disposition: form-data; name="f${at}"\r\n\r\nx`,
    );
    const files = Array.from({ length: 100 }, (_, at) => filePart(`${at}.txt`));
    const answers = [
      await lay(ground, from, files),
      await lay(ground, from, fields),
      await lay(ground, from, []),
    ];
    const kept = (await countUploads(ground)) - before;
    return {
      sent: '100 files, 100 fields, none',
      heard: `${answers.map(brief).join(', ')}; ${kept} kept`,
      isHole: kept > 1 || answers.some(({ status }) => status >= 500),
    };
  },
);

async function countUploads({ house }: Ground): Promise<number> {
  const [row] = await house.rows<{ n: number }>('select count(*)::int as n from upload');
  return row?.n ?? 0;
}

probe(
  'a file’s name that climbs out of its folder',
  'a name with steps, NUL or line ends is kept as it came',
  async (ground, from) => {
    const names = [
      '../../../etc/cron.d/x',
      '..\\..\\windows\\x',
      'a\0.txt',
      '/etc/passwd',
      'a%00.txt',
      '....//x',
      'con\u0001.txt',
      '..',
    ];
    const answers: Answer[] = [];
    for (const name of names) answers.push(await lay(ground, from, [filePart(name)]));
    const kept = answers.filter(({ status }) => status === 200).map(({ json }) => String(json.name));
    const isHole =
      answers.some(({ status }) => status >= 500) ||
      kept.some((name) => /[/\\\p{Cc}]/u.test(name) || name === '..');
    return { sent: names.join(' '), heard: kept.map((name) => JSON.stringify(name)).join(' '), isHole };
  },
);

probe('a form that lies about its end', 'a bug, or a line that hangs', async (ground, from) => {
  const {
    url,
    people: { member },
  } = ground;
  const bodies = [
    '',
    '--b',
    '--b\r\n',
    '--b\r\nContent-Disposition: form-data',
    `--b\r\n${filePart('a.txt')}`,
    `--c\r\n${filePart('a.txt')}\r\n--c--`,
  ];
  const headers = { cookie: member.cookie, ...ourPage(url) };
  const types = [
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    `multipart/form-data; boundary=${'b'.repeat(5_000)}`,
  ];
  const answers = await Promise.all(
    types.flatMap((type) =>
      bodies.map((body) =>
        ask({
          url: `${url}/api/v1/uploads`,
          method: 'POST',
          headers: { ...headers, 'content-type': type },
          body,
          from,
        }),
      ),
    ),
  );
  const wrong = answers.filter(({ status }) => status >= 500 || status < 400);
  return {
    sent: `${answers.length} broken forms`,
    heard: wrong.length === 0 ? 'all refused' : wrong.map(brief).join(', '),
    isHole: wrong.length > 0,
  };
});

interface Kept {
  part: string;
  name: string;
  type: string;
}

async function partsOf({ people: { member }, letters: { open } }: Ground): Promise<Kept[]> {
  const { items } = await answerOf(member, 'GET', `/conversations/${open.conversationId}/messages`);
  const message = items.find(({ id }: { id: string }) => id === open.messageId);
  expectHonest(message.attachments.length === 4, `${message.attachments.length} attachments`);
  return message.attachments;
}

for (const type of ['text/html', 'image/svg+xml']) {
  probe(
    `an attachment of type ${type} runs in our page`,
    'it is shown in place, with its type, or without a policy',
    async (ground) => {
      const part = (await partsOf(ground)).find((one) => one.type === type);
      const path = `/messages/${ground.letters.open.messageId}/parts/${part?.part}`;
      const answers = await Promise.all(
        ['', '?inline=1'].map((query) => ground.people.member.ask('GET', `${path}${query}`)),
      );
      expectHonest(answers[0]?.status === 200, brief(answers[0] as Answer));
      const isOpen = ({ headers }: Answer) =>
        !/^attachment/.test(headers['content-disposition'] ?? '') ||
        /html|svg|xml/.test(headers['content-type'] ?? '') ||
        headers['x-content-type-options'] !== 'nosniff' ||
        !/sandbox/.test(String(headers['content-security-policy']));
      return {
        sent: `GET …/parts/${part?.part} and ?inline=1`,
        heard: answers
          .map(({ headers }) => `${headers['content-type']}; ${headers['content-disposition']}`)
          .join(' | '),
        isHole: answers.some(isOpen),
      };
    },
  );
}

probe(
  'an attachment’s name writes a header into its download',
  'Set-Cookie, or a name with line ends or steps in the answer',
  async (ground) => {
    const parts = await partsOf(ground);
    const answers = await Promise.all(
      parts.map(({ part }) =>
        ground.people.member.ask('GET', `/messages/${ground.letters.open.messageId}/parts/${part}`),
      ),
    );
    const lines = answers.map(({ headers }) => headers['content-disposition'] ?? '');
    const isHole =
      answers.some(({ headers, status }) => status !== 200 || headers['set-cookie'] !== undefined) ||
      lines.some((line) => /[\r\n]|%0d|%0a|filename="[^"]*[/\\]|%2f|%5c/i.test(line));
    return {
      sent: "filename*=UTF-8''a%0D%0ASet-Cookie… and ../../../etc/passwd",
      heard: lines.slice(2).join(' | '),
      isHole,
    };
  },
);

probe(
  'a part’s number that climbs or counts on',
  'a file of the machine, of another letter, or a bug',
  async ({ people: { member }, letters }) => {
    const tries = [
      '..',
      '../../1',
      '%2e%2e%2f1',
      '99',
      '-1',
      '1.1.1',
      '0',
      '%00',
      'toString',
      '__proto__',
      'a'.repeat(90),
    ];
    const answers = await Promise.all(
      tries.map((part) => member.ask('GET', `/messages/${letters.open.messageId}/parts/${part}`)),
    );
    const wrong = answers.filter(
      ({ status, headers }) =>
        status >= 500 || (status === 200 && headers['content-disposition'] !== undefined),
    );
    return {
      sent: tries.join(' ').slice(0, 80),
      heard: wrong.length === 0 ? 'not found' : wrong.map(brief).join(', '),
      isHole: wrong.length > 0,
    };
  },
);
