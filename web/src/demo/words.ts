import { useTranslation } from 'react-i18next';

/** The words of the page お客さま役; `en` must hold the same keys, or it does not compile. */
const ja = {
  title: 'お客さま役',
  banner: 'ここはお客さま側の画面です',
  bannerHint: 'お店の人には見えません。メールは本物の通り道（SMTP）で届きます。',
  toShop: 'お店の受信箱を開く',
  who: 'だれになりますか',
  letters: 'メール',
  write: 'メールを書く',
  writeAs: '差出人',
  answer: '返信する',
  to: '宛先',
  subject: '件名',
  text: '本文',
  textHint: '返信には、もとのメールが引用として付きます',
  send: '送る',
  cancel: 'やめる',
  sent: '送りました',
  sentHint: 'お店の受信箱に、数秒で届きます。',
  sentBy: (name: string) => `${name}へ`,
  newLetter: '新着',
  quote: '引用を表示',
  empty: 'まだメールはありません',
  emptyHint: 'お店に1通書いてみましょう。',
  noneOpen: 'メールを選ぶか、1通書いてみましょう',
  noneOpenHint: 'お店が返信すると、左の一覧に届きます。',
  back: '一覧に戻る',
  notTaken: (reply: string) => `お店のメールサーバーが受け取りませんでした。（${reply}）`,
  unreached: 'デモの世界につながりません。npm start -- --demo で起動しているか、ご確認ください。',
  staff: 'お店の人として入る',
  password: '全員のパスワード',
  noSubject: '（件名なし）',
};

const en: typeof ja = {
  title: 'Play a customer',
  banner: 'This is the customer’s side',
  bannerHint: 'The shop cannot see this page. Letters travel by real SMTP.',
  toShop: 'Open the shop’s inbox',
  who: 'Who do you want to be?',
  letters: 'Mail',
  write: 'Write a letter',
  writeAs: 'From',
  answer: 'Reply',
  to: 'To',
  subject: 'Subject',
  text: 'Text',
  textHint: 'A reply quotes the letter that it answers',
  send: 'Send',
  cancel: 'Cancel',
  sent: 'Sent',
  sentHint: 'It reaches the shop’s inbox within seconds.',
  sentBy: (name: string) => `to ${name}`,
  newLetter: 'New',
  quote: 'Show the quote',
  empty: 'No mail yet',
  emptyHint: 'Write the shop a letter.',
  noneOpen: 'Choose a letter, or write one',
  noneOpenHint: 'Answers of the shop arrive in the list.',
  back: 'Back to the list',
  notTaken: (reply: string) => `The shop’s mail server did not take it. (${reply})`,
  unreached: 'The world of the demo does not answer. Was the server started by npm start -- --demo?',
  staff: 'Sign in as one of the shop',
  password: 'Password of all five',
  noSubject: '(no subject)',
};

/** In the language that the page has now. */
export function useWords(): typeof ja {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? en : ja;
}
