import type { SavedFilter } from '@madoguchi/contract';
import { IconFilter } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../data/queries.ts';
import { IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Popover } from '../../ui/popover.tsx';
import { type Order, savedFilterOf, type Tab, type View } from '../view.ts';
import { useViewActs } from '../views/use-view-acts.ts';
import { ViewForm } from '../views/view-form.tsx';
import { FilterPanel } from './filter-panel.tsx';

interface Props {
  view: View;
  tab: Tab;
  order: Order;
  filter: SavedFilter | undefined;
  onFilter: (filter: SavedFilter | undefined) => void;
}

/** 絞り込み in the list's head: narrows the list, and keeps what it shows under a name. */
export function FilterButton({ view, tab, order, filter, onFilter }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { preview } = useMe();
  const acts = useViewActs();
  const [opened, setOpened] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const saved = view.kind === 'saved' ? view.saved : null;
  const keep = () => {
    setOpened(false);
    setKeeping(true);
  };
  const keepHere = async () => {
    if (saved === null || filter === undefined) return;
    setOpened(false);
    if (await acts.keepFilter(saved, filter)) onFilter(undefined);
  };
  return (
    <>
      <Popover
        label={t('filter.title')}
        width={340}
        opened={opened}
        onChange={setOpened}
        target={
          <IconButton
            label={t('filter.title')}
            data-on={filter !== undefined || undefined}
            onClick={() => setOpened(!opened)}
          >
            <IconFilter size={18} stroke={1.6} aria-hidden="true" />
          </IconButton>
        }
      >
        <FilterPanel
          view={view}
          filter={filter ?? saved?.filter}
          onFilter={(next) => onFilter(saved === null ? next : (next ?? {}))}
          onKeep={preview === null ? keep : undefined}
          onKeepHere={
            preview === null && saved?.mayEdit && filter !== undefined ? () => void keepHere() : undefined
          }
        />
      </Popover>
      <Dialog opened={keeping} title={t('filter.keep')} onClose={() => setKeeping(false)}>
        {keeping && (
          <ViewForm
            view={null}
            filter={savedFilterOf(view, tab, filter)}
            sort={order}
            onSaved={({ id }) => {
              setKeeping(false);
              void navigate({ to: '/v/$view', params: { view: id }, search: {} });
            }}
            onClose={() => setKeeping(false)}
          />
        )}
      </Dialog>
    </>
  );
}
