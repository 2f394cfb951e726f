import { must } from '../house/must.ts';
import type { House } from '../house/start-house.ts';

/** New mails to addresses that the customers' mail server takes and then bounces by a standard report. */
export async function sendIntoTheVoid(
  house: House,
  { mailboxId, count }: { mailboxId: string; count: number },
): Promise<void> {
  for (let at = 1; at <= count; at += 1) {
    const draft = await must(house, 'POST', '/drafts', { mailboxId });
    await must(house, 'PUT', `/drafts/${draft.id}`, {
      mailboxId,
      messageId: null,
      to: [{ name: '', address: `gone@customer-${at}.example` }],
      cc: [],
      bcc: [],
      subject: `ご注文の件 ${at}`,
      text: 'お世話になっております。',
      quote: '',
      signature: '',
      uploadIds: [],
      version: draft.version,
      seenRevision: 0,
    });
    await must(house, 'POST', `/drafts/${draft.id}/send`, { submissionKey: `into-the-void-${at}` });
  }
}
