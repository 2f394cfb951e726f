import { dictionary } from '@zxcvbn-ts/language-common';
import { passwordRefused, passwordTooCommon, passwordTooPersonal } from '../errors.ts';

export const PASSWORD_MIN_LENGTH = 10;
export const PASSWORD_MAX_LENGTH = 128;
/** What is left of "aaaa2024!" once its end is gone is too little to protect anything. */
const SHORTEST_CORE = 4;

interface Owner {
  email: string;
  names: readonly string[];
  /** Names of the companies that he signs in to. */
  companies: readonly string[];
}

/**
 * Whether a password may be taken: 10 to 128 characters; not one of the 49,000 most common ones, not with
 * digits and signs behind it either; not the own address, name or company. The list is part of the program.
 *
 * @throws passwordRefused, passwordTooCommon, passwordTooPersonal
 */
export function requireFitPassword(password: string, { email, names, companies }: Owner): void {
  const isOfLength = password.length >= PASSWORD_MIN_LENGTH && password.length <= PASSWORD_MAX_LENGTH;
  if (!isOfLength) throw passwordRefused({});
  if (isCommon(password)) throw passwordTooCommon({});
  const [local = ''] = email.split('@');
  const own = [email, local, ...names, ...companies].map(letters).filter((word) => word !== '');
  if (own.includes(letters(password)) || own.includes(letters(coreOf(password)))) {
    throw passwordTooPersonal({});
  }
}

function isCommon(password: string): boolean {
  const core = coreOf(password);
  if (new Set(core).size < SHORTEST_CORE) return true;
  return commonPasswords().has(fold(password)) || commonPasswords().has(core);
}

let common: ReadonlySet<string> | null = null;
/** Made at the first use: most starts of the program set no password. */
function commonPasswords(): ReadonlySet<string> {
  common ??= new Set(dictionary['passwords-common'].map(fold));
  return common;
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase();
/** Without the digits and signs that people put behind a word. */
const coreOf = (password: string) => fold(password).replace(/[\d\p{P}\p{S}\s]+$/u, '');
const letters = (text: string) => fold(text).replace(/[\p{P}\p{S}\s]/gu, '');
