/** What also comes to a shop: spam, newsletters, machines that answer, letters that did not arrive. */
import type { Chance } from './chance.ts';
import { mailboxOf } from './company.ts';
import type { Cast } from './customers.ts';
import { bounceReport } from './letter/bounce-report.ts';
import {
  type Correspondence,
  customerLetter,
  ourLetter,
  type WrittenLetter,
} from './letter/correspondence.ts';
import { writeLetter } from './letter/write-letter.ts';
import type { PlannedConversation, Step } from './planned.ts';
import { asking, type Customer, fromCustomer, fromUs } from './story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Odd {
  chance: Chance;
  cast: Cast;
  /** A moment so many milliseconds before now. */
  ago: (milliseconds: number) => Date;
}

export function oddConversations(chance: Chance, cast: Cast, now: Date): PlannedConversation[] {
  const odd: Odd = { chance, cast, ago: (milliseconds) => new Date(now.getTime() - milliseconds) };
  return [
    ...spam(odd),
    ...trash(odd),
    ...newsletters(odd),
    bounced(odd),
    notDelivered(odd, 'refused'),
    notDelivered(odd, 'unknown'),
    unreadable(odd),
    longWords(odd),
    answeredByMachine(odd),
    toTwoMailboxes(odd),
  ];
}

const stranger = (name: string, address: string): Customer => ({
  name,
  address,
  language: 'ja',
  company: null,
  program: 'desktop',
});

interface Machine {
  from: { name: string; address: string };
  mailbox: PlannedConversation['mailbox'];
  subject: string;
  text: string;
  html?: string;
  headers?: readonly string[];
  at: Date;
}

/** A letter that no mail program wrote. */
function machineLetter(
  chance: Chance,
  { from, mailbox, subject, text, html, headers, at }: Machine,
): WrittenLetter {
  const { senderName: name, address } = mailboxOf(mailbox);
  const letter = {
    messageId: `${chance.hex(24)}@${from.address.slice(from.address.indexOf('@') + 1)}`,
    at,
    from,
    to: [{ name, address }],
    subject,
    text,
    html: html ?? null,
    files: [],
    inReplyTo: null,
    references: [],
    charset: 'utf-8' as const,
    headers: headers ?? [],
  };
  return { ...letter, runs: [{ kind: 'new', text }], bytes: writeLetter(letter) };
}

const arriving = (letter: WrittenLetter, mailFrom = letter.from.address): Step => ({
  kind: 'in',
  at: letter.at,
  letter,
  mailFrom,
});

function spam({ chance, ago }: Odd): PlannedConversation[] {
  const baits = [
    [
      '【重要】お客様のアカウントに異常が検出されました',
      'ご利用の口座が一時的に制限されています。24時間以内に下記よりご確認ください。',
    ],
    ['在宅ワークで月収80万円', '今だけ無料の講座をご案内します。先着50名様です。'],
    ['Your parcel is on hold', 'A fee of 1.99 is unpaid. Confirm your address to release the parcel.'],
    [
      'SEO services for your website',
      'We noticed that your page is not on the first place. We can change this within a week.',
    ],
    ['当選のお知らせ', 'おめでとうございます。厳正な抽選の結果、あなたが選ばれました。'],
    ['Invoice overdue!!!', 'Please open the document below and settle the amount today.'],
  ] as const;
  return baits.map(([subject, text], no) => {
    const from = {
      name: chance.pick(['Customer Care', 'サポートセンター', 'Prize Office', '事務局']),
      address: `notice${chance.between(10, 99)}@bulk-${chance.hex(4)}.example`,
    };
    const isKnown = no % 3 !== 2;
    const mailbox = chance.pick(['order', 'info', 'support'] as const);
    const at = ago((4 + no * 31) * HOUR);
    const letter = machineLetter(chance, {
      from,
      mailbox,
      subject,
      text,
      at,
      headers: isKnown ? ['X-Spam-Flag: YES'] : [],
    });
    const moved: Step[] = isKnown
      ? []
      : [{ kind: 'place', at: new Date(at.getTime() + 20 * MINUTE), by: 0, to: 'spam' }];
    return { mailbox, customer: from.address, steps: [arriving(letter), ...moved], isSeen: true };
  });
}

function trash({ chance, ago }: Odd): PlannedConversation[] {
  const letters = [
    ['展示会のご案内', 'ビジネスギフト見本市のご案内です。お席をご用意してお待ちしております。'],
    ['オフィス用品の特別価格', '今月限りのご奉仕価格です。カタログをご覧ください。'],
    ['採用広告のご提案', '貴社の採用活動をお手伝いいたします。お打ち合わせのお時間をいただけませんか。'],
    ['テスト', 'テスト送信です。'],
  ] as const;
  return letters.map(([subject, text], no) => {
    const at = ago((2 + no * 4) * DAY);
    const from = {
      name: chance.pick(['営業部', '企画担当', 'イベント事務局']),
      address: `sales${no}@promo.example`,
    };
    const letter = machineLetter(chance, { from, mailbox: 'info', subject, text, at });
    const thrown: Step = { kind: 'place', at: new Date(at.getTime() + 3 * HOUR), by: no % 2, to: 'trash' };
    return { mailbox: 'info', customer: from.address, steps: [arriving(letter), thrown], isSeen: true };
  });
}

const NEWS_STYLE =
  'font-family:sans-serif;color:#333;background:#f6f1e7;border-radius:8px;padding:24px;max-width:560px;margin:0 auto';

function newsletters({ chance, ago }: Odd): PlannedConversation[] {
  return [
    ['今月の新着生地のお知らせ', '布と糸の通信', 'リネンの新色が3つ入荷しました。', 26 * HOUR],
    ['窯元だより 秋の号', '窯元だより', '登り窯の火入れの様子をお届けします。', 9 * DAY],
    [
      'Makers’ Monthly: paper, clay and wood',
      'Makers’ Monthly',
      'Three workshops that do things by hand.',
      16 * DAY,
    ],
  ].map(([subject, name, text, milliseconds]) => {
    const at = ago(Number(milliseconds));
    const html = `<!DOCTYPE html><html><head><style>h1{font-size:20px}</style></head><body><div style="${NEWS_STYLE}"><h1>${subject}</h1><img src="https://pictures.news.example/cover-${chance.hex(6)}.jpg" width="480" alt=""><p>${text}</p><table width="100%"><tr><td style="background:#b38c15;color:#fff;padding:10px">もっと読む</td></tr></table><p style="font-size:11px"><a href="https://news.example/stop">配信停止</a></p></div></body></html>`;
    const letter = machineLetter(chance, {
      from: { name: String(name), address: `news-${chance.hex(4)}@news.example` },
      mailbox: 'info',
      subject: String(subject),
      text: `${text}\n\n配信停止: https://news.example/stop`,
      html,
      headers: [
        'List-Id: <letters.news.example>',
        'List-Unsubscribe: <https://news.example/stop>',
        'Precedence: bulk',
      ],
      at,
    });
    const read: Step = { kind: 'status', at: new Date(at.getTime() + 50 * MINUTE), by: 1, to: 'done' };
    return {
      mailbox: 'info' as const,
      customer: letter.from.address,
      steps: [arriving(letter), read],
      isSeen: true,
    };
  });
}

/** One letter, our answer, and what became of that. */
function answered(odd: Odd, { customer, subject, question, answer, at, mailbox, by }: Answered) {
  const so: Correspondence = { subject, customer, mailbox, letters: [] };
  const theirs = customerLetter(odd.chance, so, { at, turn: fromCustomer(question) });
  const sentAt = new Date(at.getTime() + 70 * MINUTE);
  const ours = ourLetter(odd.chance, so, { at: sentAt, turn: answer, by });
  const began: Step[] = [
    arriving(theirs),
    { kind: 'assign', at: new Date(sentAt.getTime() - 6 * MINUTE), by, to: by },
    { kind: 'status', at: new Date(sentAt.getTime() - 6 * MINUTE), by, to: 'in_progress' },
  ];
  const sent = (fate: 'accepted' | 'refused' | 'unknown'): Step => ({
    kind: 'out',
    at: sentAt,
    letter: ours,
    by,
    fate,
    answersCustomer: true,
    after: 'done',
  });
  return { so, ours, began, sent, sentAt };
}

interface Answered {
  customer: Customer;
  subject: string;
  question: string;
  answer: ReturnType<typeof fromUs>;
  at: Date;
  mailbox: PlannedConversation['mailbox'];
  by: number;
}

function bounced(odd: Odd): PlannedConversation {
  const customer = stranger('横山 さとし', 'satoshi.yokoyama@full-box.example');
  const { began, sent, sentAt, ours } = answered(odd, {
    customer,
    subject: '返金のご案内をお待ちしています',
    question: '先日お願いした返金の件、その後いかがでしょうか。\n\n横山',
    answer: fromUs('お待たせいたしました。ご返金の手続きが済みましたので、ご案内いたします。'),
    at: odd.ago(7 * HOUR),
    mailbox: 'order',
    by: 1,
  });
  const at = new Date(sentAt.getTime() + 2 * MINUTE);
  const report = bounceReport({ of: ours, recipient: customer.address, at, id: odd.chance.hex(20) });
  return {
    mailbox: 'order',
    customer: customer.address,
    steps: [...began, sent('accepted'), { kind: 'in', at, letter: report, mailFrom: '' }],
    isSeen: false,
  };
}

function notDelivered(odd: Odd, fate: 'refused' | 'unknown'): PlannedConversation {
  const isRefused = fate === 'refused';
  const customer = isRefused
    ? stranger('江口 みのる', 'minoru.eguchi@gone.example')
    : stranger('山口 大輔', 'daisuke-y@mail.example');
  const { began, sent } = answered(odd, {
    customer,
    subject: isRefused ? 'ワークショップの日程' : 'ご注文の確認（K-20790）',
    question: isRefused
      ? '来月の手織りのワークショップは何日ですか。'
      : '注文の内容を確認したいです。色は藍で合っていますか。',
    answer: isRefused
      ? fromUs('次回は第2土曜日の13時からです。お待ちしております。')
      : asking('ご注文は「藍」で承っております。このままお送りしてよろしいでしょうか。'),
    at: odd.ago(isRefused ? 27 * HOUR : 4 * HOUR),
    mailbox: isRefused ? 'info' : 'order',
    by: isRefused ? 3 : 2,
  });
  return {
    mailbox: isRefused ? 'info' : 'order',
    customer: customer.address,
    steps: [...began, sent(fate)],
    isSeen: true,
  };
}

/** Its reader gave up at the limit of memory; what the header says is all that is shown, with the original. */
function unreadable({ chance, ago }: Odd): PlannedConversation {
  const letter = machineLetter(chance, {
    from: { name: '複合機 2F', address: 'scanner@marukiya.example' },
    mailbox: 'wholesale',
    subject: 'スキャンした文書（発注書 控え）',
    text: '',
    at: ago(3.2 * HOUR),
  });
  return {
    mailbox: 'wholesale',
    customer: letter.from.address,
    steps: [{ kind: 'in', at: letter.at, letter, mailFrom: letter.from.address, isUnreadable: true }],
    isSeen: false,
  };
}

function longWords({ chance, ago }: Odd): PlannedConversation {
  const customer: Customer = {
    name: '特定非営利活動法人 北の森と川と海をつなぐ子どもたちのための手しごとネットワーク 事務局 勅使河原 千代子',
    address: 'chiyoko.teshigawara.children-and-handicraft-network@long-name-of-a-domain.example',
    language: 'ja',
    company: '特定非営利活動法人',
    program: 'web',
  };
  const subject =
    '【ご相談・至急ではありません】来年度の子ども手しごとフェスティバルにおける記念品（真鍮のティースプーンまたは藍染めの手ぬぐい 180点）の制作、名入れ、個別包装、および3会場（札幌・旭川・函館）への分納の可否と概算費用について';
  const so: Correspondence = { subject, customer, mailbox: 'wholesale', letters: [] };
  const at = ago(5 * HOUR);
  const text = `お世話になっております。\n\n${'来年の夏に、子どもたちが作ったものを持ち寄る催しを開きます。参加してくれた子どもたち全員に、長く使える品を手渡したいと考えております。'.repeat(3)}\n\nURLはこちらです: https://long-name-of-a-domain.example/${'festival/'.repeat(12)}\n\nご検討いただけますと幸いです。`;
  return {
    mailbox: 'wholesale',
    customer: customer.address,
    steps: [arriving(customerLetter(chance, so, { at, turn: fromCustomer(text) }))],
    isSeen: false,
  };
}

/** Our answer met a machine: it is shown, and nobody waits for us because of it. */
function answeredByMachine(odd: Odd): PlannedConversation {
  const [customer = stranger('丸木屋 購買課', 'kobai@marukiya.example')] = odd.cast.companies.slice(2);
  const { so, began, sent, sentAt } = answered(odd, {
    customer,
    subject: '年末の納品スケジュール',
    question: '年末年始の納品の予定をお知らせください。',
    answer: asking('お世話になっております。年内の最終便は12月27日です。ご希望の納品日はございますか。'),
    at: odd.ago(30 * HOUR),
    mailbox: 'wholesale',
    by: 4,
  });
  const at = new Date(sentAt.getTime() + MINUTE);
  const absence = machineLetter(odd.chance, {
    from: { name: customer.name, address: customer.address },
    mailbox: 'wholesale',
    subject: `自動応答: Re: ${so.subject}`,
    text: 'メールをありがとうございます。\n出張のため、明後日まで不在にしております。お急ぎの場合は代表電話までお願いいたします。',
    headers: [
      'Auto-Submitted: auto-replied',
      `In-Reply-To: <${so.letters.at(-1)?.messageId}>`,
      'X-Auto-Response-Suppress: All',
    ],
    at,
  });
  const waits: Step = { kind: 'status', at: new Date(at.getTime() + 5 * MINUTE), by: 4, to: 'waiting' };
  return {
    mailbox: 'wholesale',
    customer: customer.address,
    steps: [...began, sent('accepted'), arriving(absence, ''), waits],
    isSeen: true,
  };
}

/** One letter to two of our addresses; the second copy is a conversation of its own that shares its answer. */
function toTwoMailboxes({ chance, cast, ago }: Odd): PlannedConversation {
  const [customer = stranger('森 陽子', 'yoko.mori@mail.example')] = cast.private.slice(9);
  const subject = '急ぎのお願い: 明日の受け取りと来週のワークショップの件';
  const so: Correspondence = { subject, customer, mailbox: 'order', letters: [] };
  const also = mailboxOf('info');
  const letter = customerLetter(chance, so, {
    at: ago(44 * MINUTE),
    turn: fromCustomer(
      'どちらの窓口にお送りすればよいかわからず、両方にお送りしています。\n\n明日の受け取りを夕方に変えていただきたいのと、来週のワークショップに1名追加したいです。',
    ),
  });
  const to = [...letter.to, { name: also.senderName, address: also.address }];
  const both = { ...letter, to, bytes: writeLetter({ ...letter, to }) };
  return {
    mailbox: 'order',
    customer: customer.address,
    steps: [{ kind: 'in', at: both.at, letter: both, mailFrom: customer.address, alsoTo: 'info' }],
    isSeen: false,
  };
}
