import type { ParseKeys } from 'i18next';

export interface Setting {
  /** The key of its section; `mailbox` stands once for each mailbox that one manages. */
  section: string;
  /** The anchor of its block; left out for the section as a whole. */
  anchor?: string;
  title: ParseKeys;
  /** Readings in kana and in Latin letters, and other words for it; its titles in both languages are found too. */
  words: string;
}

/** What the search over the settings finds, in the order in which it is shown. */
export const settingsTable: readonly Setting[] = [
  { section: 'profile', title: 'settings.profile', words: 'ぷろふぃーる purofiiru 自分 じぶん jibun me' },
  {
    ...{ section: 'profile', anchor: 'name', title: 'settings.name' },
    words: 'なまえ namae 氏名 しめい shimei メールアドレス',
  },
  {
    ...{ section: 'profile', anchor: 'language', title: 'own.languageLabel' },
    words: 'ことば kotoba げんご gengo 言語 日本語 にほんご nihongo 英語 えいご eigo english',
  },
  {
    ...{ section: 'profile', anchor: 'language', title: 'own.zoneLabel' },
    words:
      'じこく jikoku じさ jisa 時差 タイムゾーン たいむぞーん taimuzoon ちいき chiiki timezone utc tokyo',
  },
  {
    ...{ section: 'profile', anchor: 'signature', title: 'settings.signatureMine' },
    words: 'しょめい shomei じぶんのしょめい 末尾 まつび matsubi',
  },
  { section: 'display', title: 'settings.display', words: 'ひょうじ hyouji がめん gamen 画面' },
  {
    ...{ section: 'display', anchor: 'theme', title: 'settings.theme' },
    words: 'あかるさ akarusa ダーク だーく daaku くらい kurai 暗い 色 いろ iro dark light theme',
  },
  {
    ...{ section: 'display', anchor: 'keys', title: 'keys.title' },
    words: 'きーそうさ kiisousa ショートカット しょーとかっと shootokatto キーボード shortcut keyboard',
  },
  {
    ...{ section: 'mailbox', title: 'settings.mailboxes' },
    words: 'きょうゆうめーるぼっくす kyouyuu meerubokkusu めーる mail',
  },
  {
    ...{ section: 'mailbox', anchor: 'name', title: 'settings.nameAddress' },
    words:
      'なまえ namae あどれす adoresu さしだしにん sashidashinin 差出人 エイリアス えいりあす eiriasu べつのあどれす alias 色 いろ iro',
  },
  {
    ...{ section: 'mailbox', anchor: 'channels', title: 'settings.channels' },
    words:
      'じゅしん jushin そうしん soushin メールサーバー めーるさーばー meerusaabaa アカウント imap smtp pop server password',
  },
  {
    ...{ section: 'mailbox', anchor: 'ages', title: 'settings.ages' },
    words: 'まちじかん machijikan 遅れ おくれ okure めやす meyasu waiting late',
  },
  {
    ...{ section: 'mailbox', anchor: 'after', title: 'settings.after' },
    words: 'へんしんしたあと henshin ステータス すてーたす suteetasu 対応完了 たいおうかんりょう status',
  },
  {
    ...{ section: 'mailbox', anchor: 'signature', title: 'settings.signature' },
    words: 'しょめい shomei まつび matsubi',
  },
  {
    ...{ section: 'mailbox', anchor: 'access', title: 'access.title' },
    words:
      'めんばーとけんげん menbaa kengen つかえるひと 使える人 tsukaeruhito みるだけ 見るだけ mirudake 制限 せいげん seigen 共有 share access',
  },
  {
    ...{ section: 'people', title: 'settings.people' },
    words:
      'めんばー menbaa ひと hito 社員 しゃいん shain スタッフ ユーザー ゆーざー yuuzaa 招待 しょうたい shoutai invite user staff',
  },
  {
    ...{ section: 'people', title: 'people.leave' },
    words:
      'たいしょく taishoku きゅうしょく kyuushoku ふくしょく fukushoku 復職 停止 ていし teishi 引き継ぎ ひきつぎ hikitsugi retire suspend',
  },
  {
    ...{ section: 'people', title: 'people.resetLink' },
    words: 'ぱすわーど pasuwaado さいせってい saisettei わすれた 忘れた wasureta forgot',
  },
  {
    ...{ section: 'people', title: 'people.preview' },
    words: 'このひととしてみる みえかた 見え方 miekata プレビュー ぷれびゅー purebyuu preview see as',
  },
  {
    ...{ section: 'roles', title: 'role.title' },
    words:
      'けんげん kengen ロール ろーる rooru 役割 やくわり yakuwari 管理者 かんりしゃ kanrisha permission rights',
  },
  {
    ...{ section: 'roles', title: 'role.secondFactor' },
    words:
      'にだんかいにんしょう nidankai ninshou にようそ youso 二要素 二段階 必須 ひっす hissu 強制 きょうせい totp 2fa mfa require',
  },
  {
    ...{ section: 'roles', title: 'role.networks' },
    words: 'ねっとわーく nettowaaku IPアドレス 制限 せいげん seigen 権限ごと ip allow vpn',
  },
  {
    ...{ section: 'roles', title: 'role.create' },
    words: 'けんげんをつくる kengen tsukuru ついか 追加 tsuika 新しい権限 役割 やくわり new role',
  },
  {
    ...{ section: 'teams', title: 'team.title' },
    words: 'ちーむ chiimu グループ ぐるーぷ guruupu 班 はん 部署 ぶしょ busho group department',
  },
  {
    ...{ section: 'company', anchor: 'company-name', title: 'company.name' },
    words:
      'かいしゃめい kaishamei かいしゃ kaisha ワークスペース わーくすぺーす waakusupeesu 社名 しゃめい shamei workspace',
  },
  {
    ...{ section: 'security-mine', title: 'safety.mine' },
    words: 'じぶんのせきゅりてぃ sekyuriti あんぜん 安全 anzen',
  },
  {
    ...{ section: 'statuses', title: 'standing.statuses' },
    words: 'すてーたす suteetasu 未対応 みたいおう 対応中 たいおうちゅう 進み具合 しんちょく 進捗 status',
  },
  {
    ...{ section: 'statuses', anchor: 'reasons', title: 'standing.reasons' },
    words: 'へんしんまち henshinmachi りゆう riyuu 保留 ほりゅう horyuu waiting reason follow-up',
  },
  {
    ...{ section: 'security-mine', anchor: 'password', title: 'safety.change' },
    words: 'ぱすわーどをかえる pasuwaado へんこう 変更 henkou password',
  },
  {
    ...{ section: 'security-mine', anchor: 'two-factor', title: 'factor.title' },
    words:
      'にだんかいにんしょう nidankai ninshou にようそ 二要素 認証アプリ ワンタイム totp 2fa mfa 回復コード かいふく',
  },
  {
    ...{ section: 'security-mine', anchor: 'passkeys', title: 'passkeys.title' },
    words: 'ぱすきー pasukii 指紋 しもん shimon 顔 かお windows hello touch id face id webauthn',
  },
  {
    ...{ section: 'security-mine', anchor: 'sessions', title: 'safety.sessions' },
    words: 'ろぐいんちゅうのたんまつ tanmatsu デバイス でばいす せっしょん セッション session device',
  },
  {
    ...{ section: 'security-mine', anchor: 'tokens', title: 'safety.tokens' },
    words: 'とーくん tookun えーぴーあい 連携 れんけい renkei api token',
  },
  {
    ...{ section: 'labels', title: 'label.title' },
    words: 'らべる raberu タグ たぐ tagu 分類 ぶんるい bunrui 色 いろ iro label tag',
  },
  {
    ...{ section: 'sign-ins', title: 'signIns.title' },
    words: 'ろぐいんりれき rireki サインイン 記録 きろく kiroku ログ ろぐ csv history log',
  },
  {
    ...{ section: 'security', anchor: 'session-hours', title: 'guard.length' },
    words: 'ろぐいんのきげん kigen 時間 じかん jikan せっしょん session length',
  },
  {
    ...{ section: 'security', anchor: 'idle-minutes', title: 'guard.idle' },
    words: 'じどうろぐあうと 自動ログアウト jidou 離席 りせき riseki 放置 idle',
  },
  {
    ...{ section: 'security', anchor: 'networks', title: 'guard.networks' },
    words: 'ねっとわーく nettowaaku IPアドレス 制限 せいげん seigen 許可 きょか kyoka ip allow vpn',
  },
];
