const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Colleagues are called by family name: 佐藤 of 佐藤 美咲; a Latin name, or one without a space, is said whole. */
export const familyName = (name: string): string =>
  JAPANESE.test(name) ? (name.split(/[\s　]/u)[0] ?? name) : name;
