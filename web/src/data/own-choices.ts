import { type Me, saveMeRoute } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { currentLanguage, followBrowserLanguage, setLanguage } from '../locales/index.ts';
import { setZone } from '../ui/zone.ts';
import { call } from './client.ts';
import { keys } from './keys.ts';
import { useMe } from './queries.ts';

/** The page speaks the person's language and tells the time of his place; without a choice, the browser's. */
export async function obeyChoices({ language, timeZone }: Me): Promise<void> {
  setZone(timeZone);
  if (language !== null && language !== currentLanguage()) await setLanguage(language);
}

type Choices = Partial<Pick<Me, 'language' | 'timeZone'>>;

/** Language and time zone: what is chosen acts at once here and on all devices of this person. */
export function useOwnChoices() {
  const queries = useQueryClient();
  const me = useMe();
  const { language, timeZone } = me;
  return {
    language,
    timeZone,
    /** @throws RefusedError, UnreachedError; what was chosen then goes back */
    async choose(choices: Choices): Promise<void> {
      const next = { ...me, ...choices };
      const spoken = currentLanguage();
      await obeyChoices(next);
      if (choices.language === null) await followBrowserLanguage();
      try {
        const { name } = me.member;
        const body = { name, signature: me.signature, language: next.language, timeZone: next.timeZone };
        queries.setQueryData(keys.me(), await call(saveMeRoute, { body }));
      } catch (error) {
        await obeyChoices({ ...me, language: spoken });
        throw error;
      }
    },
  };
}
