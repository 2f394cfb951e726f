export type Honorific = 'sama' | 'onchu' | 'none';

const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const ORGANISATION =
  /(株式会社|有限会社|合同会社|合名会社|合資会社|一般社団法人|公益社団法人|一般財団法人|医療法人|学校法人|\(株\)|（株）|㈱|\(有\)|（有）|㈲)/u;
const ENDS_AS_OFFICE = /(部|課|係|室|局|店|支店|営業所|事務局|事務所|センター|窓口|御中|担当)$/u;

/**
 * How a customer's name is honoured: 様 for a person, 御中 for an organisation without a person's name,
 * nothing for a name in other letters or one that brings its own honorific.
 */
export function honorificOf(name: string): Honorific {
  const plain = name.trim();
  if (!JAPANESE.test(plain) || /(様|御中|さん)$/u.test(plain)) return 'none';
  if (!ORGANISATION.test(plain)) return 'sama';
  const person = plain
    .replace(ORGANISATION, ' ')
    .trim()
    .split(/[\s　]+/u);
  const last = person[person.length - 1] ?? '';
  return person.length > 1 && !ENDS_AS_OFFICE.test(last) ? 'sama' : 'onchu';
}
