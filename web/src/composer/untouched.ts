import type { DraftWords } from '@madoguchi/contract';

type Written = Pick<DraftWords, 'to' | 'cc' | 'bcc' | 'subject' | 'text' | 'uploadIds'>;

/** A new mail in which nothing was written; its signature is not the person's doing. */
export const isUntouched = ({ to, cc, bcc, subject, text, uploadIds }: Written): boolean =>
  to.length + cc.length + bcc.length + uploadIds.length === 0 && subject.trim() === '' && text.trim() === '';
