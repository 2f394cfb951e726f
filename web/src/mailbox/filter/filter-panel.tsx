import { type SavedFilter, type StatusKind, statusKinds, type TeamId } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { teamsQuery, useLabels, useMembers, useMyMailboxes } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import type { View } from '../view.ts';
import styles from './filter.module.css';
import { idsIn, packFilter, toggleId } from './read-filter.ts';

interface Props {
  view: View;
  filter: SavedFilter | undefined;
  /** Undefined: nothing narrows the list. */
  onFilter: (filter: SavedFilter | undefined) => void;
  /** Absent while one looks at the page as somebody else. */
  onKeep: (() => void) | undefined;
  /** Absent where it is no saved list of one's own. */
  onKeepHere: (() => void) | undefined;
}

const HOUR = 60;
const DAY = 24 * HOUR;
const WAITS = [HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY] as const;

/** 絞り込み: every condition acts at once; what is found stands beside it. */
export function FilterPanel({ view, filter = {}, onFilter, onKeep, onKeepHere }: Props) {
  const { t } = useTranslation();
  const set = (change: Partial<{ [Name in keyof SavedFilter]: SavedFilter[Name] | undefined }>) =>
    onFilter(packFilter({ ...filter, ...change }));
  const isSaved = view.kind === 'saved';
  return (
    <div className={styles.panel}>
      {isSaved && (
        <Statuses
          chosen={filter.status}
          onToggle={(kind) => set({ status: toggleId(filter.status, kind) })}
        />
      )}
      {view.kind !== 'mailbox' && (
        <Mailboxes chosen={filter.mailboxIds} onChange={(mailboxIds) => set({ mailboxIds })} />
      )}
      {view.kind !== 'mine' && view.kind !== 'none' && (
        <Assignee value={filter.assignee} onChange={(assignee) => set({ assignee })} />
      )}
      <TeamChoice filter={filter} onChange={set} />
      <Labels filter={filter} onChange={set} />
      <ChoiceField
        label={t('filter.waiting')}
        value={String(filter.waitingOver ?? 0)}
        choices={[
          { value: '0', label: t('filter.anyWait') },
          ...WAITS.map((minutes) => ({
            value: String(minutes),
            label:
              minutes < DAY
                ? t('filter.overHours', { count: minutes / HOUR })
                : t('filter.overDays', { count: minutes / DAY }),
          })),
        ]}
        onChoose={(value) => set({ waitingOver: value === '0' ? undefined : Number(value) })}
      />
      <div className={styles.acts}>
        <Button
          size="sm"
          look="quiet"
          disabled={packFilter(filter) === undefined}
          onClick={() => onFilter(undefined)}
        >
          {t('filter.clear')}
        </Button>
        <span className="grow" />
        {onKeepHere !== undefined && (
          <Button size="sm" onClick={onKeepHere}>
            {t('filter.keepHere')}
          </Button>
        )}
        {onKeep !== undefined && (
          <Button size="sm" look="solid" onClick={onKeep}>
            {t('filter.keep')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Statuses({
  chosen,
  onToggle,
}: {
  chosen: string | undefined;
  onToggle: (kind: StatusKind) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.checks}>
      <legend>{t('filter.status')}</legend>
      {statusKinds.map((kind) => (
        <label key={kind}>
          <input type="checkbox" checked={idsIn(chosen).includes(kind)} onChange={() => onToggle(kind)} />
          {t(`status.${kind}`)}
        </label>
      ))}
    </fieldset>
  );
}

interface ValueProps<T> {
  onChange: (value: T | undefined) => void;
}

function Mailboxes({ chosen, onChange }: ValueProps<string> & { chosen: string | undefined }) {
  const { t } = useTranslation();
  const mailboxes = useMyMailboxes();
  if (mailboxes.length < 2) return null;
  return (
    <fieldset className={styles.checks}>
      <legend>{t('filter.mailboxes')}</legend>
      {mailboxes.map(({ id, name, tint }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={idsIn(chosen).includes(id)}
            onChange={() => onChange(toggleId(chosen, id))}
          />
          <span className={styles.square} style={{ '--tint': `var(--label-${tint})` } as CSSProperties} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

function Assignee({ value, onChange }: ValueProps<string> & { value: string | undefined }) {
  const { t } = useTranslation();
  const members = useMembers().filter(({ state, id }) => state === 'active' || id === value);
  return (
    <ChoiceField
      label={t('filter.assignee')}
      value={value ?? ''}
      choices={[
        { value: '', label: t('filter.anyone') },
        { value: 'me', label: t('filter.me') },
        { value: 'none', label: t('filter.nobody') },
        ...members.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChoose={(next) => onChange(next === '' ? undefined : next)}
    />
  );
}

interface TeamProps {
  filter: SavedFilter;
  onChange: (change: { team: 'mine' | undefined; teamId: TeamId | undefined }) => void;
}

function TeamChoice({ filter, onChange }: TeamProps) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsQuery);
  if (teams.length === 0) return null;
  return (
    <ChoiceField
      label={t('filter.team')}
      value={filter.team ?? filter.teamId ?? ''}
      choices={[
        { value: '', label: t('filter.anyTeam') },
        { value: 'mine', label: t('nav.team') },
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChoose={(next) =>
        onChange({
          team: next === 'mine' ? 'mine' : undefined,
          teamId: teams.find(({ id }) => id === next)?.id,
        })
      }
    />
  );
}

interface LabelsProps {
  filter: SavedFilter;
  onChange: (change: { labelsAll: string | undefined; labelsAny: string | undefined }) => void;
}

/** Chosen labels must all stand on it, or any of them; the choice between the two goes for all. */
function Labels({ filter, onChange }: LabelsProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const isAll = filter.labelsAll !== undefined;
  const chosen = filter.labelsAll ?? filter.labelsAny;
  if (labels.length === 0) return null;
  const choose = (ids: string | undefined, all: boolean) =>
    onChange({ labelsAll: all ? ids : undefined, labelsAny: all ? undefined : ids });
  return (
    <fieldset className={styles.checks}>
      <legend>{t('filter.labels')}</legend>
      <div className={styles.many}>
        {labels.map(({ id, name, tint }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={idsIn(chosen).includes(id)}
              onChange={() => choose(toggleId(chosen, id), isAll)}
            />
            <span className={styles.square} style={{ '--tint': `var(--label-${tint})` } as CSSProperties} />
            {name}
          </label>
        ))}
      </div>
      {idsIn(chosen).length > 1 && (
        <div className={styles.how}>
          {[false, true].map((all) => (
            <label key={String(all)}>
              <input type="radio" checked={isAll === all} onChange={() => choose(chosen, all)} />
              {t(all ? 'filter.labelsAll' : 'filter.labelsAny')}
            </label>
          ))}
        </div>
      )}
    </fieldset>
  );
}
