import type { FormRefusal } from './use-form.ts';

const CODES = ['accounts.would_lock_out', 'accounts.network_invalid'];

/** What the server says about the networks of a form, to be shown at their field; else null. */
export const networkRefusal = (refusal: FormRefusal): string | null =>
  refusal !== null && CODES.includes(refusal.code ?? '') ? refusal.words : null;
