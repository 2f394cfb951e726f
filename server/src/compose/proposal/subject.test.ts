import { expect, test } from 'vitest';
import { forwardSubject, replySubject } from './subject.ts';

test.each([
  ['お皿の件', 'Re: お皿の件'],
  ['Re: お皿の件', 'Re: お皿の件'],
  ['RE: re: Re : お皿の件', 'Re: お皿の件'],
  ['返信: お皿の件', 'Re: お皿の件'],
  ['Re：お皿の件', 'Re: お皿の件'],
  ['Re[2]: お皿の件', 'Re: お皿の件'],
  ['RE^3: AW: お皿の件', 'Re: お皿の件'],
  ['Fwd: お皿の件', 'Re: Fwd: お皿の件'],
  ['', 'Re:'],
  ['Reについて', 'Re: Reについて'],
  ['Re: お皿\r\nBcc: x@evil.example', 'Re: お皿 Bcc: x@evil.example'],
])('an answer to 「%s」 is 「%s」', (subject, answer) => {
  expect(replySubject(subject)).toBe(answer);
});

test.each([
  ['お皿の件', 'Fwd: お皿の件'],
  ['Fwd: お皿の件', 'Fwd: お皿の件'],
  ['FW: Fwd: お皿の件', 'Fwd: お皿の件'],
  ['転送：お皿の件', 'Fwd: お皿の件'],
  ['Re: お皿の件', 'Fwd: Re: お皿の件'],
])('「%s」 is passed on as 「%s」', (subject, passed) => {
  expect(forwardSubject(subject)).toBe(passed);
});
