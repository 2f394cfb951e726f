import type { AfterSend, BuiltInRole, MailboxTint } from '@madoguchi/contract';

/** The example company: a shop for handmade things, invented from its name to its last customer. */
export const COMPANY = 'こもれび雑貨店';
export const DOMAIN = 'komorebi.example';
/** One for all five: shown in the start lines and on the page of the customers. */
export const PASSWORD = 'komorebi-demo';

export type MailboxKey = 'order' | 'info' | 'wholesale' | 'support';

interface ExampleMailbox {
  key: MailboxKey;
  name: string;
  address: string;
  senderName: string;
  tint: MailboxTint;
  afterSend: AfterSend;
  signature: string;
}

const LINE = '──────────────────';
const japaneseSignature = (desk: string, address: string) =>
  `${LINE}\n${COMPANY}　${desk}\n〒604-0000 京都市中京区こもれび通1-2-3\n電話 075-000-0000（平日 10:00〜17:00）\n${address}\n${LINE}`;

export const MAILBOXES: readonly ExampleMailbox[] = [
  {
    key: 'order',
    name: 'ご注文・配送',
    address: `order@${DOMAIN}`,
    senderName: COMPANY,
    tint: 'sora',
    afterSend: 'done',
    signature: japaneseSignature('ご注文・配送係', `order@${DOMAIN}`),
  },
  {
    key: 'info',
    name: 'お問い合わせ',
    address: `info@${DOMAIN}`,
    senderName: COMPANY,
    tint: 'wakaba',
    afterSend: 'done',
    signature: japaneseSignature('お客様係', `info@${DOMAIN}`),
  },
  {
    key: 'wholesale',
    name: '卸・お取引先',
    address: `wholesale@${DOMAIN}`,
    senderName: `${COMPANY} 卸担当`,
    tint: 'kihada',
    afterSend: 'waiting',
    signature: japaneseSignature('卸担当', `wholesale@${DOMAIN}`),
  },
  {
    key: 'support',
    name: 'Support (English)',
    address: `support@${DOMAIN}`,
    senderName: 'Komorebi Zakka',
    tint: 'fuji',
    afterSend: 'done',
    signature: `--\nKomorebi Zakka, Kyoto\nHandmade things for every day\nsupport@${DOMAIN}`,
  },
];

interface ExamplePerson {
  name: string;
  email: string;
  /** How this person signs below an English letter. */
  roman: string;
  role: BuiltInRole;
  /** Where this person works by himself. */
  mailboxes: readonly MailboxKey[];
  /** Where this person only reads. */
  reads: readonly MailboxKey[];
  skills: readonly string[];
  languages: readonly string[];
}

export const PEOPLE: readonly ExamplePerson[] = [
  {
    name: '田中 彩',
    email: `aya.tanaka@${DOMAIN}`,
    roman: 'Aya',
    role: 'administrator',
    mailboxes: ['order', 'info', 'wholesale', 'support'],
    reads: [],
    skills: ['卸', '返品'],
    languages: ['日本語', 'English'],
  },
  {
    name: '佐藤 美咲',
    email: `misaki.sato@${DOMAIN}`,
    roman: 'Misaki',
    role: 'manager',
    mailboxes: ['order', 'info'],
    reads: [],
    skills: ['返品', '名入れ'],
    languages: ['日本語'],
  },
  {
    name: '鈴木 健',
    email: `ken.suzuki@${DOMAIN}`,
    roman: 'Ken',
    role: 'member',
    mailboxes: ['order', 'info'],
    reads: ['wholesale'],
    skills: ['配送'],
    languages: ['日本語'],
  },
  {
    name: '高橋 蓮',
    email: `ren.takahashi@${DOMAIN}`,
    roman: 'Ren',
    role: 'trainee',
    mailboxes: ['info'],
    reads: [],
    skills: [],
    languages: ['日本語', 'English'],
  },
  {
    name: '山本 ひなた',
    email: `hinata.yamamoto@${DOMAIN}`,
    roman: 'Hinata',
    role: 'member',
    mailboxes: ['wholesale', 'order'],
    reads: [],
    skills: ['卸'],
    languages: ['日本語', 'English'],
  },
];

interface ExampleTeam {
  name: string;
  /** By their place in PEOPLE. */
  people: readonly number[];
  /** Where the team works as a whole. */
  mailboxes: readonly MailboxKey[];
}

export const TEAMS: readonly ExampleTeam[] = [
  { name: '受注・発送', people: [1, 2, 4], mailboxes: [] },
  { name: '海外サポート', people: [3, 4], mailboxes: ['support'] },
];

/** Who answers in a mailbox, by their place in PEOPLE: who works there and has learned to. */
export const answerersOf = (mailbox: MailboxKey): number[] =>
  PEOPLE.flatMap(({ mailboxes, role }, no) => {
    const byTeam = TEAMS.some((team) => team.mailboxes.includes(mailbox) && team.people.includes(no));
    return role !== 'trainee' && (mailboxes.includes(mailbox) || byTeam) ? [no] : [];
  });

/** Customers that a newcomer can play. Some of the conversations are theirs, so their mail is not empty. */
export const PLAYED = [
  { name: '小林 真由美', address: 'mayumi.kobayashi@mail.example', language: 'ja' },
  { name: '斎藤 典子', address: 'noriko-s@home.example', language: 'ja' },
  { name: '吉田 恵', address: 'megumi.yoshida@mail.example', language: 'ja' },
  { name: '株式会社みどり製作所 中村', address: 'nakamura@midori-works.example', language: 'ja' },
  { name: 'Emily Carter', address: 'emily.carter@post.example', language: 'en' },
  { name: 'Lukas Brandt', address: 'lukas@brandt.example', language: 'en' },
] as const;

export const mailboxOf = (key: MailboxKey): ExampleMailbox => {
  const found = MAILBOXES.find((mailbox) => mailbox.key === key);
  if (found === undefined) throw new RangeError(`no mailbox ${key}`);
  return found;
};
