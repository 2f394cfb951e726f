import { ORDER } from './ground.ts';
import { ask, brief } from './http.ts';
import { signIn } from './person.ts';
import type { Control } from './probe.ts';
import { handOver } from './smtp-line.ts';

const unless = (isSo: boolean, said: string) => (isSo ? null : said);

/** The honest ways in: they work before the attacks, and after them. */
export const controls: readonly Control[] = [
  {
    name: 'the page is shown',
    async run({ url }, from) {
      const answer = await ask({ url, from });
      return unless(answer.status === 200 && answer.text.includes('<div id="root">'), brief(answer));
    },
  },
  {
    name: 'a member signs in and is known',
    async run({ url, people: { member } }, from) {
      const { memberId } = await signIn({ ...member, url, from });
      return unless(memberId === member.memberId, memberId);
    },
  },
  {
    name: 'a member reads the letter of his mailbox',
    async run({ people: { member }, letters }) {
      const answer = await member.ask('GET', `/conversations/${letters.open.conversationId}/messages`);
      return unless(answer.status === 200, brief(answer));
    },
  },
  {
    name: 'a member leaves a note',
    async run({ people: { member }, letters }) {
      const answer = await member.ask('POST', `/conversations/${letters.open.conversationId}/notes`, {
        text: 'メモ',
      });
      return unless(answer.status === 200, brief(answer));
    },
  },
  {
    name: 'an API token is known without cookie or origin',
    async run({ url, house }, from) {
      const headers = { authorization: `Bearer ${house.token}` };
      const answer = await ask({ url: `${url}/api/v1/me`, headers, from });
      return unless(answer.status === 200, brief(answer));
    },
  },
  {
    name: 'a picture from an allowed host is fetched',
    async run({ people: { member }, letters }) {
      const answer = await member.ask('GET', `/messages/${letters.open.messageId}/remote/0`);
      return unless(
        answer.status === 200 && /^image\/png/.test(answer.headers['content-type'] ?? ''),
        brief(answer),
      );
    },
  },
  {
    name: 'a customer’s letter is taken at the SMTP door',
    async run({ house }, from) {
      const bytes = 'From: <a@midori.example>\r\nSubject: control\r\n\r\nhello';
      const answer = await handOver({ port: house.smtpPort, from }, { to: [ORDER], bytes });
      return unless(/^250 2\.6\.0/.test(answer), answer);
    },
  },
  {
    name: 'an answer leaves',
    async run({ people: { owner } }) {
      const answer = await owner.ask('GET', '/outgoing');
      return unless(answer.status === 200, brief(answer));
    },
  },
];
