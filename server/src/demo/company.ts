import type { AfterSend, MailboxTint } from '@madoguchi/contract';

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
  isAdministrator: boolean;
  mailboxes: readonly MailboxKey[];
}

export const PEOPLE: readonly ExamplePerson[] = [
  {
    name: '田中 彩',
    email: `aya.tanaka@${DOMAIN}`,
    roman: 'Aya',
    isAdministrator: true,
    mailboxes: ['order', 'info', 'wholesale', 'support'],
  },
  {
    name: '佐藤 美咲',
    email: `misaki.sato@${DOMAIN}`,
    roman: 'Misaki',
    isAdministrator: false,
    mailboxes: ['order', 'info'],
  },
  {
    name: '鈴木 健',
    email: `ken.suzuki@${DOMAIN}`,
    roman: 'Ken',
    isAdministrator: false,
    mailboxes: ['order', 'info', 'wholesale'],
  },
  {
    name: '高橋 蓮',
    email: `ren.takahashi@${DOMAIN}`,
    roman: 'Ren',
    isAdministrator: false,
    mailboxes: ['info', 'support'],
  },
  {
    name: '山本 ひなた',
    email: `hinata.yamamoto@${DOMAIN}`,
    roman: 'Hinata',
    isAdministrator: false,
    mailboxes: ['wholesale', 'support', 'order'],
  },
];

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
