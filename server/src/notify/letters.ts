import type { Addressee } from '../accounts/index.ts';

interface Words {
  subject: string;
  text: string;
}

const END = '窓口 Madoguchi';

interface Link {
  url: string;
  expiresAt: Date;
}

/** With a link to set the first password: in both languages, for nobody knows yet which one he reads. */
export function invitationLetter(to: Addressee, link: Link): Words {
  const until = momentIn(to, link.expiresAt);
  return {
    subject: `${to.company}の窓口へのご招待 / You are invited to ${to.company}`,
    text: `${to.name} さん

${to.company}の窓口（共有メール）に招待されました。
次のリンクを開き、パスワードを決めてください。

${link.url}

リンクは一度だけ使えます。${until}まで有効です。
心当たりのない場合は、このメールを捨ててください。

----

Hello ${to.name},

You have been invited to the shared mailboxes of ${to.company}.
Open the link above and choose a password.

It works once, until ${until}.
If you do not expect this letter, throw it away.

${END}
`,
  };
}

/** With a link to set a new password. */
export function resetLetter(to: Addressee, link: Link): Words {
  const until = momentIn(to, link.expiresAt);
  return {
    subject: `${to.company}の窓口: パスワードの再設定 / Set a new password`,
    text: `${to.name} さん

${to.company}の窓口のパスワードを決めなおすためのリンクです。

${link.url}

リンクは一度だけ使えます。${until}まで有効です。
頼んだ覚えのない場合は、管理者に知らせてください。リンクを開かなければ、何も変わりません。

----

Hello ${to.name},

Open the link above to set a new password for ${to.company}.

It works once, until ${until}.
If you did not ask for it, tell an administrator; nothing changes until the link is opened.

${END}
`,
  };
}

export interface UnusualSignIn {
  at: Date;
  address: string;
  /** Empty when the browser did not tell. */
  device: string;
  /** Where the page is. */
  baseUrl: string;
}

/** Tells a person of a sign-in from somewhere new. */
export function unusualSignInLetter(to: Addressee, { at, address, device, baseUrl }: UnusualSignIn): Words {
  const [when, where] = [momentIn(to, at), device === '' ? address : `${address} (${device})`];
  return {
    subject: `${to.company}の窓口: 新しい場所からのログイン / Sign-in from somewhere new`,
    text: `${to.name} さん

いつもと違う場所または端末から、あなたのログインがありました。

日時: ${when}
場所: ${where}

ご自身であれば、何もする必要はありません。
心当たりがなければ、すぐにパスワードを変え、設定の「ログイン履歴」からほかのログインを終わらせてください。

${baseUrl}

----

Hello ${to.name},

Someone signed in as you from a place or with a device that is new.

When:  ${when}
Where: ${where}

If it was you, there is nothing to do.
If not, change your password now and end the other sessions under Settings, Login history.

${END}
`,
  };
}

/** Minutes are enough; the zone is named, for its reader may be elsewhere. */
function momentIn({ timeZone }: Pick<Addressee, 'timeZone'>, at: Date): string {
  const zone = timeZone ?? 'UTC';
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone });
  return `${format.format(at)} (${zone})`;
}
