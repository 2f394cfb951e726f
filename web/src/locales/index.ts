import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { enPlaces } from './en-places.ts';
import { ja } from './ja.ts';
import { jaPlaces } from './ja-places.ts';

const STORED = 'madoguchi.language';

export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

const isLanguage = (text: string | null): text is Language => languages.some((each) => each === text);

/** The person's choice on this device, else the first of the browser's languages that we speak. */
function firstLanguage(): Language {
  const chosen = localStorage.getItem(STORED);
  if (isLanguage(chosen)) return chosen;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? 'en';
}

function show(language: Language): void {
  document.documentElement.lang = language;
}

export async function startWords(): Promise<void> {
  const lng = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'ja',
    resources: { ja: { translation: { ...ja, ...jaPlaces } }, en: { translation: { ...en, ...enPlaces } } },
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

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'ja');
