import {
  addViewRoute,
  type SavedFilter,
  type SavedView,
  saveViewRoute,
  type TeamId,
  type ViewColumn,
  viewColumns,
  viewSorts,
} from '@madoguchi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { teamsQuery, useMay, useMe } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toasts.ts';
import styles from './views.module.css';

interface Props {
  /** Null for a new one. */
  view: SavedView | null;
  filter: SavedFilter;
  sort: (typeof viewSorts)[number];
  onSaved: (view: SavedView) => void;
  onClose: () => void;
}

const MINE = 'mine';
const EVERYONE = 'everyone';

/** Name, readers, order and columns of a saved list; its filter is what the list shows now. */
export function ViewForm({ view, filter, sort, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState(view?.name ?? '');
  const [forWhom, setForWhom] = useState(
    view === null ? MINE : (view.teamId ?? (view.shared ? EVERYONE : MINE)),
  );
  const [order, setOrder] = useState(view?.sort ?? sort);
  const [columns, setColumns] = useState<readonly ViewColumn[]>(view?.columns ?? viewColumns);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const readers = useReaders(view);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError('');
    const teamId = readers.find(({ value }) => value === forWhom)?.teamId ?? null;
    const body = {
      ...{ name: name.trim(), filter, sort: order, columns: [...columns] },
      ...{ shared: forWhom !== MINE, teamId },
    };
    try {
      const saved =
        view === null
          ? await call(addViewRoute, { body })
          : await call(saveViewRoute, { params: { viewId: view.id }, body });
      const stale = [keys.views(), keys.viewCounts()];
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
      toast(t('view.saved'));
      onSaved(saved);
    } catch (fault) {
      setError(faultWords(fault, t));
      setBusy(false);
    }
  };
  const toggle = (column: ViewColumn) =>
    setColumns(viewColumns.filter((one) => columns.includes(one) !== (one === column)));
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      <TextField
        label={t('view.name')}
        required
        maxLength={60}
        value={name}
        data-autofocus
        onChange={(event) => setName(event.target.value)}
      />
      <ChoiceField label={t('view.forWhom')} value={forWhom} choices={readers} onChoose={setForWhom} />
      <ChoiceField
        label={t('view.sort')}
        value={order}
        choices={viewSorts.map((value) => ({
          value,
          label: t(value === 'waiting' ? 'list.longest' : 'list.newest'),
        }))}
        onChoose={setOrder}
      />
      <fieldset className={styles.columns}>
        <legend>{t('view.columns')}</legend>
        {viewColumns.map((column) => (
          <label key={column}>
            <input type="checkbox" checked={columns.includes(column)} onChange={() => toggle(column)} />
            {t(`view.column.${column}`)}
          </label>
        ))}
      </fieldset>
      {error !== '' && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.acts}>
        <Button look="quiet" onClick={onClose}>
          {t('act.cancel')}
        </Button>
        <Button look="solid" type="submit" busy={busy}>
          {t('form.save')}
        </Button>
      </div>
    </form>
  );
}

interface Reader {
  value: string;
  label: string;
  teamId: TeamId | null;
}

/** Oneself; one's own teams, or every team for who shares with everyone; and everyone. */
function useReaders(view: SavedView | null): Reader[] {
  const { t } = useTranslation();
  const me = useMe();
  const mayShare = useMay()('view.share');
  const { data: teams = [] } = useQuery(teamsQuery);
  const able = teams.filter(({ id }) => mayShare || me.teamIds.includes(id) || id === view?.teamId);
  return [
    { value: MINE, label: t('view.mine'), teamId: null },
    ...able.map(({ id, name }) => ({ value: id, label: t('view.teamOf', { name }), teamId: id })),
    ...(mayShare ? [{ value: EVERYONE, label: t('view.everyone'), teamId: null }] : []),
  ];
}
