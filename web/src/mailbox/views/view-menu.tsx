import type { SavedView } from '@madoguchi/contract';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Ask, Dialog } from '../../ui/dialog.tsx';
import { MenuItem, MenuLine } from '../../ui/menu.tsx';
import { useViewActs } from './use-view-acts.ts';
import { ViewForm } from './view-form.tsx';

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

export type ViewDialog = 'edit' | 'remove' | null;

/** In the menu of a saved list's head: to change, place and delete it. */
export function ViewItems({ view, onDialog }: { view: SavedView; onDialog: (dialog: ViewDialog) => void }) {
  const { t } = useTranslation();
  const { mayMove, move } = useViewActs();
  return (
    <>
      <MenuLine />
      {view.mayEdit && (
        <MenuItem icon={<IconPencil {...ICON} />} onClick={() => onDialog('edit')}>
          {t('view.edit')}
        </MenuItem>
      )}
      {mayMove(view, -1) && (
        <MenuItem icon={<IconArrowUp {...ICON} />} onClick={() => move(view, -1)}>
          {t('view.up')}
        </MenuItem>
      )}
      {mayMove(view, 1) && (
        <MenuItem icon={<IconArrowDown {...ICON} />} onClick={() => move(view, 1)}>
          {t('view.down')}
        </MenuItem>
      )}
      {view.mayEdit && (
        <MenuItem danger icon={<IconTrash {...ICON} />} onClick={() => onDialog('remove')}>
          {t('view.remove')}
        </MenuItem>
      )}
    </>
  );
}

interface DialogsProps {
  view: SavedView;
  dialog: ViewDialog;
  onDialog: (dialog: ViewDialog) => void;
}

export function ViewDialogs({ view, dialog, onDialog }: DialogsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { remove } = useViewActs();
  const close = () => onDialog(null);
  const drop = async () => {
    close();
    if (await remove(view)) await navigate({ to: '/v/$view', params: { view: 'all' } });
  };
  return (
    <>
      <Dialog opened={dialog === 'edit'} title={t('view.edit')} onClose={close}>
        {dialog === 'edit' && (
          <ViewForm view={view} filter={view.filter} sort={view.sort} onSaved={close} onClose={close} />
        )}
      </Dialog>
      <Ask
        opened={dialog === 'remove'}
        title={t('view.askRemove', { name: view.name })}
        text={t(view.shared ? 'view.askRemoveShared' : 'view.askRemoveMine')}
        verb={t('view.remove')}
        danger
        onYes={() => void drop()}
        onNo={close}
      />
    </>
  );
}
