import { type Actor, seesAddresses } from '../../accounts/index.ts';

/** Pictures, sound, film and documents of an office: what people work on, and what no mask reaches into. */
const SHOWN_TYPES =
  /^(?:(?:image\/(?!svg)|audio\/|video\/|application\/vnd\.(?:openxmlformats-officedocument|oasis\.opendocument|ms-(?:excel|powerpoint|word))\b).*|application\/(?:pdf|msword|rtf|x-js-taro|octet-stream|x-download))$/i;
const SHOWN_ENDINGS =
  /\.(?:png|jpe?g|gif|webp|bmp|avif|heic|tiff?|mp3|m4a|wav|aac|mp4|mov|avi|webm|pdf|docx?|docm|dotx?|xlsx?|xlsm|xlsb|pptx?|pptm|ppsx?|odt|ods|odp|rtf|jtdc?)$/i;
const ANY_ENDING = /\.[^.\s\\/]{1,10}$/;

/**
 * Whether a file is kept from this actor because addresses are hidden from him: text of any kind (a table, a
 * list, a page), a letter within a letter, an archive, and whatever does not say what it is. Their words would
 * tell what a mask hides.
 */
export const isWithheld = (actor: Actor, part: { name: string; type: string }): boolean =>
  !seesAddresses(actor) && !isShown(part);

function isShown({ name, type }: { name: string; type: string }): boolean {
  const [kind = ''] = type.trim().split(';');
  const ending = ANY_ENDING.exec(name.trim())?.[0];
  const isUnsaid = /^application\/(?:octet-stream|x-download)$/i.test(kind.trim());
  if (ending === undefined) return !isUnsaid && SHOWN_TYPES.test(kind.trim());
  return SHOWN_TYPES.test(kind.trim()) && SHOWN_ENDINGS.test(ending);
}
