import type { MemberId, SignInOutcome, SignInWay } from '@madoguchi/contract';
import { CSV_START, csvLine } from '../../platform/index.ts';
import type { StoredSignIn } from './store.ts';

export type TableLanguage = 'ja' | 'en';

interface TableWords {
  file: string;
  head: (timeZone: string) => readonly string[];
  ways: Record<SignInWay, string>;
  outcomes: Record<SignInOutcome, string>;
  unusual: string;
}

const WORDS: Record<TableLanguage, TableWords> = {
  ja: {
    file: 'ログイン履歴',
    head: (timeZone) => [
      `日時（${timeZone}）`,
      '名前',
      '結果',
      '方法',
      'IPアドレス',
      '端末',
      'いつもと違う',
      '終了した人',
    ],
    ways: {
      password: 'パスワード',
      totp: '認証アプリ',
      recovery_code: 'リカバリーコード',
      passkey: 'パスキー',
      token: 'APIトークン',
    },
    outcomes: {
      signed_in: 'ログイン',
      wrong_password: 'パスワード違い',
      wrong_second_factor: '確認コード違い',
      second_factor_asked: '確認コード待ち',
      slowed_down: '試行が多いため待機',
      network_refused: '許可されていないネットワーク',
      not_active: '利用できない人',
      signed_out: 'ログアウト',
      ended: '強制終了',
      expired: '期限切れで終了',
      idle: '操作がなく終了',
      password_changed: 'パスワード変更で終了',
    },
    unusual: 'はい',
  },
  en: {
    file: 'login-history',
    head: (timeZone) => [
      `Time (${timeZone})`,
      'Name',
      'Outcome',
      'Way',
      'IP address',
      'Device',
      'Unusual',
      'Ended by',
    ],
    ways: {
      password: 'Password',
      totp: 'Authenticator app',
      recovery_code: 'Recovery code',
      passkey: 'Passkey',
      token: 'API token',
    },
    outcomes: {
      signed_in: 'Signed in',
      wrong_password: 'Wrong password',
      wrong_second_factor: 'Wrong code',
      second_factor_asked: 'Code asked for',
      slowed_down: 'Had to wait: too many tries',
      network_refused: 'Network not allowed',
      not_active: 'Person not active',
      signed_out: 'Signed out',
      ended: 'Ended',
      expired: 'Ended: too long ago',
      idle: 'Ended: not used',
      password_changed: 'Ended: new password',
    },
    unusual: 'yes',
  },
};

interface TableFacts {
  language: TableLanguage;
  /** An IANA name; one that nobody knows counts as UTC. */
  timeZone: string;
  names: ReadonlyMap<MemberId, string>;
}

/** The login history as a table that Excel opens, with the name of its file. */
export function signInTable(
  records: readonly StoredSignIn[],
  { language, timeZone, names }: TableFacts,
): { fileName: string; text: string } {
  const words = WORDS[language];
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const clock = clockIn(zone);
  const lines = records.map((record) =>
    csvLine([
      clock(record.at),
      names.get(record.memberId) ?? '',
      words.outcomes[record.outcome],
      words.ways[record.way],
      record.address,
      record.device,
      record.unusual ? words.unusual : '',
      record.endedById === null ? '' : (names.get(record.endedById) ?? ''),
    ]),
  );
  return {
    fileName: `${words.file}.csv`,
    text: CSV_START + csvLine(words.head(zone)) + lines.join(''),
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** 2026-11-22 11:30:05, which Excel reads as a time in every language. */
function clockIn(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (at) => format.format(at);
}
