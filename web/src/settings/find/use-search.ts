import type { Mailbox } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { holds } from '../../ui/fold.ts';
import type { Section } from '../sections.tsx';
import { settingsTable } from './settings-table.ts';

const MOST = 14;

export interface Found {
  section: string;
  anchor: string | undefined;
  title: string;
  /** Where it stands; empty for a section as a whole. */
  place: string;
}

/** Finds settings by any word for them, among those that this person may see. */
export function useSearch(sections: readonly Section[], mailboxes: readonly Mailbox[]) {
  const { t, i18n } = useTranslation();
  const inJapanese = i18n.getFixedT('ja');
  const inEnglish = i18n.getFixedT('en');
  const all = settingsTable.flatMap(({ section, anchor, title, words }) => {
    const text = `${inJapanese(title)} ${inEnglish(title)} ${words}`;
    if (section === 'mailbox') {
      return mailboxes.map(({ id, name }) => ({
        text: `${text} ${name}`,
        found: { section: id, anchor, title: anchor === undefined ? name : t(title), place: name },
      }));
    }
    const place = sections.find(({ key }) => key === section)?.title;
    return place === undefined
      ? []
      : [{ text, found: { section, anchor, title: t(title), place: t(place) } }];
  });
  return (words: string): Found[] =>
    all
      .flatMap(({ text, found }) => (holds(text, words) ? [found] : []))
      .map((found) => (found.place === found.title ? { ...found, place: '' } : found))
      .slice(0, MOST);
}
