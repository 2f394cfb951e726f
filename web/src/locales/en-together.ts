import type { jaTogether } from './ja-together.ts';

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

export const enTogether: Words<typeof jaTogether> = {
  together: {
    looking: 'Looking: {{names}}',
    writes: '{{name}} (writing)',
    takeOver: 'Take over',
    more: 'More about this hold',
    youAsked: 'You asked to take over. {{time}} left',
    othersAsked: '{{name}} has asked to take over',
    withdraw: 'Withdraw',
    refused: '{{name}} goes on replying',
    nowFree: 'Nobody is replying any more. You can',
    asks: '{{name}} asks to take over',
    asksHint: 'In {{time}} your words and the reply are handed over. If you keep writing, you go on.',
    give: 'Hand over',
    goOn: 'Go on',
    handedOver: 'Handed over to {{name}}.',
    broken: '{{name}} broke your hold. (Reason: {{reason}})',
    idle: 'Your reply is paused: nothing was touched for 15 minutes.',
    elsewhere: 'You go on in another window.',
    hint: {
      taken_over: 'Your words stay below. They go on in the draft of who took over.',
      broken: 'Nothing can be sent now. Your words are kept as a draft.',
      idle: 'Your words are kept. Others may reply meanwhile.',
      elsewhere: 'To send from here, continue in this window.',
    },
    again: { broken: 'Reply again', idle: 'Continue', elsewhere: 'Continue here' },
    hisWords: 'Words handed over',
    copy: 'Copy the words',
    answered: '{{name}} replied at {{time}}.',
    refusedAnswered: 'Not sent. {{name}} replied at {{time}}.',
    break: 'Break hold…',
    breakTitle: 'Break the hold of {{name}}?',
    breakText:
      'Others can then reply. What {{name}} wrote is kept as a draft. The reason is shown to {{name}} and in the history.',
    reason: 'Reason',
    reasonNeeded: 'Please give a reason',
    breakVerb: 'Break hold',
    event: {
      asked: '<b>{{by}}</b> asked to take over',
      refused: '<b>{{by}}</b> went on replying',
      typing: '<b>{{by}}</b> was writing and kept the reply',
      withdrawn: '<b>{{by}}</b> no longer asked to take over',
      given: '<b>{{from}}</b> handed the reply over to <b>{{to}}</b>',
      taken: '<b>{{to}}</b> took the reply over from <b>{{from}}</b>',
      broken: '<b>{{by}}</b> broke the hold of <b>{{holder}}</b> (reason: {{reason}})',
      idle: '<b>{{by}}</b>’s reply paused for want of a hand',
    },
  },
};
