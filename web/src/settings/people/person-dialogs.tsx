import type { Member, MemberId } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { useMemberById } from '../../data/queries.ts';
import { Ask, Dialog } from '../../ui/dialog.tsx';
import { EditPerson } from './edit-person.tsx';
import { LeavePerson } from './leave-person.tsx';
import type { PersonAct } from './person-menu.tsx';
import type { People } from './use-people.ts';
import { usePersonActs } from './use-person-acts.ts';

/** Whom, by id alone: it may outlive the page, and his name may not. */
export interface Acting {
  memberId: MemberId;
  act: Exclude<PersonAct, 'link' | 'mailLink' | 'preview'>;
}

interface Props {
  acting: Acting | null;
  people: People;
  onClose: () => void;
}

/** What is asked before something is done about a person; at most one is open. */
export function PersonDialogs({ acting, people, onClose }: Props) {
  const { t } = useTranslation();
  const acts = usePersonActs();
  const member = useMemberById()(acting?.memberId ?? null);
  const name = member?.name ?? '';
  const is = (act: Acting['act']) => acting?.act === act;
  const then = (act: (member: Member) => Promise<unknown>) => () => {
    if (member !== undefined) void act(member);
    onClose();
  };
  const leave = member?.state === 'invited' ? 'people.withdrawOf' : 'people.leaveOf';
  return (
    <>
      <Dialog opened={is('edit')} title={t('people.editOf', { name })} size={520} onClose={onClose}>
        {member !== undefined && <EditPerson member={member} people={people} onClose={onClose} />}
      </Dialog>
      <Dialog opened={is('leave')} title={t(leave, { name })} size={520} onClose={onClose}>
        {member !== undefined && (
          <LeavePerson member={member} role={people.roleOf(member)} onClose={onClose} />
        )}
      </Dialog>
      <Ask
        opened={is('comeBack')}
        title={t('people.askBack', { name })}
        text={t('people.askBackText')}
        verb={t('people.comeBack')}
        onNo={onClose}
        onYes={then(acts.comeBack)}
      />
      <Ask
        opened={is('endSignIns')}
        title={t('people.askEnd', { name })}
        text={t('people.askEndText')}
        verb={t('people.endVerb')}
        danger
        onNo={onClose}
        onYes={then(acts.endSignIns)}
      />
    </>
  );
}
