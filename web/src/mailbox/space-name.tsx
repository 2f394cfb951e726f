import { enterWorkspaceRoute, type WorkspaceId } from '@madoguchi/contract';
import { IconSelector } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useMe } from '../data/queries.ts';
import { tellWindows } from '../data/windows.ts';
import { Mark } from '../ui/mark.tsx';
import { Menu, MenuItem, MenuLabel } from '../ui/menu.tsx';
import { toast } from '../ui/toasts.ts';
import styles from './nav.module.css';

/** The workspace's name; for who has several, a menu that leads to the others. */
export function SpaceName() {
  const { t } = useTranslation();
  const { workspace, workspaces, preview } = useMe();
  const name = <span className={`${styles.word} cut`}>{workspace.name}</span>;
  if (workspaces.length < 2 || preview !== null) {
    return (
      <div className={styles.space}>
        <Mark />
        {name}
      </div>
    );
  }
  const enter = async (workspaceId: WorkspaceId) => {
    if (workspaceId === workspace.id) return;
    try {
      await call(enterWorkspaceRoute, { body: { workspaceId } });
      tellWindows();
      // Nothing of one company may stay on the screen of another.
      location.assign('/');
    } catch (fault) {
      toast(t('space.failed', { reason: faultWords(fault, t) }), { tone: 'alarm' });
    }
  };
  return (
    <Menu
      target={
        <button
          type="button"
          className={`${styles.space} ${styles.spaces}`}
          aria-label={`${workspace.name}、${t('space.label')}`}
        >
          <Mark />
          {name}
          <IconSelector size={16} stroke={1.7} aria-hidden="true" />
        </button>
      }
    >
      <MenuLabel>{t('space.label')}</MenuLabel>
      {workspaces.map((each) => (
        <MenuItem key={each.id} chosen={each.id === workspace.id} onClick={() => void enter(each.id)}>
          {each.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
