import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { enAccess } from './en-access.ts';
import { enLabels } from './en-labels.ts';
import { enLeaving } from './en-leaving.ts';
import { enPeople } from './en-people.ts';
import { enPlaces } from './en-places.ts';
import { enStanding } from './en-standing.ts';
import { enTogether } from './en-together.ts';
import { ja } from './ja.ts';
import { jaAccess } from './ja-access.ts';
import { jaLabels } from './ja-labels.ts';
import { jaLeaving } from './ja-leaving.ts';
import { jaPeople } from './ja-people.ts';
import { jaPlaces } from './ja-places.ts';
import { jaStanding } from './ja-standing.ts';
import { jaTogether } from './ja-together.ts';

const STORED = 'madoguchi.language';

export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

const isLanguage = (text: string | null): text is Language => languages.some((each) => each === text);

/** The first of the browser's languages that we speak. */
const browserLanguage = (): Language =>
  navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';

/** The person's choice on this device, else the browser's. */
function firstLanguage(): Language {
  const chosen = localStorage.getItem(STORED);
  return isLanguage(chosen) ? chosen : browserLanguage();
}

function show(language: Language): void {
  document.documentElement.lang = language;
}

export async function startWords(): Promise<void> {
  const lng = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'ja',
    resources: {
      ja: {
        translation: {
          ...ja,
          ...jaPlaces,
          ...jaPeople,
          ...jaAccess,
          ...jaTogether,
          ...jaLeaving,
          ...jaLabels,
          ...jaStanding,
        },
      },
      en: {
        translation: {
          ...en,
          ...enPlaces,
          ...enPeople,
          ...enAccess,
          ...enTogether,
          ...enLeaving,
          ...enLabels,
          ...enStanding,
        },
      },
    },
    contextSeparator: '|',
    pluralSeparator: '|',
    interpolation: { escapeValue: false },
  });
  show(lng);
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
  show(language);
}

/** Forgets the choice of this device: the browser's language counts again. */
export async function followBrowserLanguage(): Promise<void> {
  await setLanguage(browserLanguage());
  localStorage.removeItem(STORED);
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'ja');
