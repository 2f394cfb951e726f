import type { Member } from '@madoguchi/contract';
import { IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import type { PersonActs } from './rights.ts';

export type PersonAct = 'edit' | 'leave' | 'comeBack' | 'link' | 'mailLink' | 'preview' | 'endSignIns';

interface Props {
  member: Member;
  acts: PersonActs;
  onAct: (act: PersonAct) => void;
}

/** What is done seldom about a person. */
export function PersonMenu({ member, acts, onAct }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const invited = member.state === 'invited';
  if (!(acts.reset || acts.preview || acts.seeSignIns || acts.endSignIns)) return null;
  const history = () =>
    // Written as text: the page of the login history reads its own question.
    void navigate({ href: `/settings/sign-ins?member=${encodeURIComponent(member.id)}` });
  return (
    <Menu
      align="end"
      target={
        <IconButton size="sm" label={t('people.acts', { name: member.name })}>
          <IconDots size={16} stroke={1.7} aria-hidden="true" />
        </IconButton>
      }
    >
      {acts.reset && (
        <>
          <MenuItem onClick={() => onAct('link')}>
            {t(invited ? 'people.inviteLink' : 'people.resetLink')}
          </MenuItem>
          <MenuItem onClick={() => onAct('mailLink')}>
            {t(invited ? 'people.inviteByMail' : 'people.resetByMail')}
          </MenuItem>
        </>
      )}
      {acts.preview && <MenuItem onClick={() => onAct('preview')}>{t('people.preview')}</MenuItem>}
      {(acts.seeSignIns || acts.endSignIns) && (acts.reset || acts.preview) && <MenuLine />}
      {acts.seeSignIns && <MenuItem onClick={history}>{t('people.history')}</MenuItem>}
      {acts.endSignIns && (
        <MenuItem danger onClick={() => onAct('endSignIns')}>
          {t('people.endSignIns')}
        </MenuItem>
      )}
    </Menu>
  );
}
