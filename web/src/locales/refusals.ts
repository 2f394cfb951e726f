/**
 * What the server's codes of refusal are called in front of people. A code without words here is told in
 * general ones, with the number that finds it in the log.
 */
interface Refusals {
  ja: Readonly<Record<string, string>>;
  en: Readonly<Record<string, string>>;
}

export const refusals: Refusals = {
  ja: {
    'conversation.not_found': '案件が見つかりません。',
    'conversation.assignment_changed': 'ほかの人が先に担当者を変更しました。',
    'conversation.status_changed': 'ほかの人が先にステータスを変更しました。',
    'conversation.place_changed': 'ほかの人が先に移しました。',
    'conversation.mailbox_changed': 'ほかの人が先に移しました。',
    'compose.held_by_other': 'ほかの人が返信中です。',
    'compose.hold_needed': '返信ロックが切れました。もう一度「返信」を押してください。',
    'compose.changed_since': '書いている間に新しいメッセージがありました。',
    'compose.draft_changed': '別の画面で書き換えられました。',
    'compose.no_recipient': '宛先がありません。',
    'compose.file_too_large': 'ファイルが大きすぎます。',
    'outbox.already_settled': 'ほかの人が先に決めました。',
    'http.401': 'ログインしてください。',
    'http.403': 'この操作をする権利がありません。',
    'http.404': '見つかりません。',
    'http.409': 'ほかの人が先に変更しました。',
    'http.413': 'ファイルが大きすぎます。',
    'http.429': '回数が多すぎます。少し待ってからお試しください。',
    'accounts.forbidden': 'この操作をする権利がありません。',
    'accounts.address_taken': 'このアドレスはすでに使われています。',
    'accounts.email_taken': 'このメールアドレスはすでに使われています。',
    'accounts.wrong_code': '起動コードが違います。',
    'accounts.last_admin': '管理者が一人もいなくなるため、変更できません。',
  },
  en: {
    'conversation.not_found': 'This conversation is not there.',
    'conversation.assignment_changed': 'Someone else changed the assignee first.',
    'conversation.status_changed': 'Someone else changed the status first.',
    'conversation.place_changed': 'Someone else moved it first.',
    'conversation.mailbox_changed': 'Someone else moved it first.',
    'compose.held_by_other': 'Someone else is replying.',
    'compose.hold_needed': 'Your hold ended. Please press Reply again.',
    'compose.changed_since': 'Something new was said while you were writing.',
    'compose.draft_changed': 'Changed in another window.',
    'compose.no_recipient': 'There is no recipient.',
    'compose.file_too_large': 'The file is too large.',
    'outbox.already_settled': 'Someone else decided first.',
    'http.401': 'Please sign in.',
    'http.403': 'You have no right to do this.',
    'http.404': 'Not found.',
    'http.409': 'Someone changed this first.',
    'http.413': 'The file is too large.',
    'http.429': 'Too many attempts. Please wait a moment.',
    'accounts.forbidden': 'You have no right to do this.',
    'accounts.address_taken': 'This address is already in use.',
    'accounts.email_taken': 'This mail address is already in use.',
    'accounts.wrong_code': 'The start code is wrong.',
    'accounts.last_admin': 'Someone must stay administrator.',
  },
};
