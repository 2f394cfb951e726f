import {
  endMemberSessionsRoute,
  type Member,
  makeMemberLinkRoute,
  returnMemberRoute,
  startPreviewRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { tellWindows } from '../../data/windows.ts';
import { toast } from '../../ui/toasts.ts';
import type { MadeLink } from './link-dialog.tsx';

/** What is done about a person in one step; a refusal is told in words and changes nothing. */
export function usePersonActs() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const attempt = async <T>(act: () => Promise<T>): Promise<T | null> => {
    try {
      return await act();
    } catch (error) {
      toast(faultWords(error, t), { tone: 'alarm' });
      return null;
    }
  };
  const paramsOf = (member: Member) => ({ memberId: member.id });
  return {
    makeLink: (member: Member, byMail: boolean) =>
      attempt(async (): Promise<MadeLink> => {
        const { mailed, ...link } = await call(makeMemberLinkRoute, {
          params: paramsOf(member),
          body: { byMail },
        });
        await queries.invalidateQueries({ queryKey: keys.houseLetters() });
        return { name: member.name, email: member.email, link, byMail, mailed };
      }),
    preview: (member: Member) =>
      attempt(async () => {
        await call(startPreviewRoute, { body: { memberId: member.id } });
        // Begins with an empty page: nothing that only oneself may see stays in it.
        tellWindows();
        location.assign('/');
      }),
    comeBack: (member: Member) =>
      attempt(async () => {
        await call(returnMemberRoute, { params: paramsOf(member) });
        await queries.invalidateQueries({ queryKey: keys.members() });
        toast(t('people.cameBack', { name: member.name }));
      }),
    endSignIns: (member: Member) =>
      attempt(async () => {
        const { ended } = await call(endMemberSessionsRoute, { params: paramsOf(member) });
        toast(t('people.ended', { count: ended }));
      }),
  };
}
