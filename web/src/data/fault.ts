import type { TFunction } from 'i18next';
import { currentLanguage } from '../locales/index.ts';
import { refusals } from '../locales/refusals.ts';
import { RefusedError, UnreachedError } from './client.ts';

/** What went wrong, in the language of the page. */
export function faultWords(error: unknown, t: TFunction): string {
  if (error instanceof UnreachedError) return t('error.offline');
  if (!(error instanceof RefusedError)) return t('error.unknown');
  const words = refusals[currentLanguage()];
  return words[error.refusal.code] ?? words[`http.${error.status}`] ?? t('error.unknown');
}

/** What an administrator needs to find the fault in the log. */
export function faultDetails(error: unknown): string {
  if (error instanceof RefusedError) {
    const { code, message, requestId } = error.refusal;
    return `${error.status} ${code} ${requestId}\n${message}`;
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Not found and not allowed are one answer. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof RefusedError && (error.status === 404 || error.status === 403);
