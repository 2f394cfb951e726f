import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from './ground.ts';
import { type Answer, ask, brief } from './http.ts';
import { openStream } from './open-stream.ts';
import { answerOf } from './people.ts';
import { signIn, trySignIn } from './person.ts';
import { expectHonest, listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('sessions and streams that should be over');
export const leavingProbes = probes;

const place = ({ letters }: Ground) => `/conversations/${letters.open.conversationId}`;

probe(
  'a retired person’s session, token, link and stream',
  'one of them works after the click, or the stream goes on for two seconds',
  async (ground, from) => {
    const { owner, leaver } = ground.people;
    const made = await answerOf(leaver, 'POST', '/me/tokens', { name: '前の職場から' });
    const link = await answerOf(owner, 'POST', `/members/${leaver.memberId}/link`, {});
    const bearer = { authorization: `Bearer ${made.word}` };
    const stream = await openStream({ url: ground.url, cookie: leaver.cookie, from });
    const before = await ask({ url: `${ground.url}/api/v1/me`, headers: bearer, from });
    expectHonest(before.status === 200 && stream.status === 200, `${brief(before)}, stream ${stream.status}`);
    await answerOf(owner, 'POST', `/members/${leaver.memberId}/retire`, { successorId: null });
    const ended = await stream.endsWithin(2_000);
    const word = String(link.url).split('/').at(-1);
    const answers: Answer[] = [
      await leaver.ask('GET', '/me'),
      await ask({ url: `${ground.url}/api/v1/me`, headers: bearer, from }),
      await trySignIn({ ...leaver, url: ground.url, from }),
      await ask({
        url: `${ground.url}/api/v1/member-links/${word}`,
        method: 'POST',
        body: { password: 'modotte-kita-yo-99' },
        from,
      }),
      await ask({ url: `${ground.url}/api/v1/stream`, headers: { cookie: leaver.cookie }, from }),
    ];
    stream.close();
    return {
      sent: 'session, token, password, link, stream',
      heard: `${answers.map(({ status }) => status).join(' ')}; the stream ended after ${ended} ms`,
      isHole: ended === null || answers.some(({ status }) => status < 400),
    };
  },
);

probe(
  'an ended session’s stream goes on',
  'lines still come two seconds after the session was ended',
  async (ground, from) => {
    const { colleague } = ground.people;
    const other = await signIn({ ...colleague, url: ground.url, from });
    const stream = await openStream({ url: ground.url, cookie: other.cookie, from });
    expectHonest(stream.status === 200, `stream ${stream.status}`);
    const here = await signIn({ ...colleague, url: ground.url, from });
    await answerOf(here, 'POST', '/me/sessions/end-others', {});
    const ended = await stream.endsWithin(2_000);
    stream.close();
    const after = await other.ask('GET', '/me');
    ground.people.colleague.cookie = here.cookie;
    Object.assign(ground.people.colleague, { ask: here.ask });
    return {
      sent: 'end-others, then listen',
      heard: `ended after ${ended} ms; ${brief(after)}`,
      isHole: ended === null || after.status !== 401,
    };
  },
);

probe('a stream tells of what one may not see', 'a line about the hidden mailbox', async (ground, from) => {
  const { member, owner } = ground.people;
  const stream = await openStream({ url: ground.url, cookie: member.cookie, from });
  await answerOf(owner, 'POST', `/conversations/${ground.letters.hidden.conversationId}/notes`, {
    text: '内緒',
  });
  await answerOf(owner, 'POST', `${place(ground)}/notes`, { text: 'ふつう' });
  for (let at = 0; at < 20 && !stream.heard().includes(ground.letters.open.conversationId); at += 1)
    await sleep(250);
  const heard = stream.heard();
  stream.close();
  expectHonest(heard.includes(ground.letters.open.conversationId), 'nothing of the open mailbox was heard');
  return {
    sent: 'two notes, one of them hidden',
    heard: `${heard.length} signs`,
    isHole: heard.includes(ground.letters.hidden.conversationId),
  };
});
