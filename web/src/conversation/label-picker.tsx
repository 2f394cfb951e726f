import {
  addLabelRoute,
  type ConversationItem,
  type Label,
  type LabelId,
  mailboxTints,
} from '@madoguchi/contract';
import { IconCheck, IconMinus, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useLabels, useMay } from '../data/queries.ts';
import { fold, holds } from '../ui/fold.ts';
import { LabelTag } from '../ui/label-tag.tsx';
import { optionKeys } from '../ui/option-keys.ts';
import { toast } from '../ui/toasts.ts';
import styles from './label-picker.module.css';

interface Props {
  /** What the labels are put on; some may have one, and others not. */
  items: readonly Pick<ConversationItem, 'labelIds'>[];
  onSet: (label: Label, on: boolean) => void;
  onClose: () => void;
}

type Standing = 'on' | 'some' | 'off';

function standingOf(items: Props['items'], labelId: LabelId): Standing {
  const on = items.filter(({ labelIds }) => labelIds.includes(labelId)).length;
  return on === 0 ? 'off' : on === items.length ? 'on' : 'some';
}

/** The next colour in turn, so that new labels differ; anyone who may can change it in the settings. */
const nextTint = (labels: readonly Label[]) => mailboxTints[labels.length % mailboxTints.length] ?? 'sora';

/** Labels by search: arrows move, Enter puts on or takes off, Escape closes. */
export function LabelPicker({ items, onSet, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const queries = useQueryClient();
  const may = useMay();
  const labels = useLabels();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const found = labels.filter(({ name }) => holds(name, words));
  const name = words.trim();
  const mayMake = may('label.manage') && name !== '' && labels.every((one) => fold(one.name) !== fold(name));
  const choose = (label: Label) => onSet(label, standingOf(items, label.id) !== 'on');
  const make = async () => {
    try {
      const label = await call(addLabelRoute, { body: { name, tint: nextTint(labels) } });
      await queries.invalidateQueries({ queryKey: keys.labels() });
      setWords('');
      onSet(label, true);
    } catch (fault) {
      toast(faultWords(fault, t), { tone: 'alarm' });
    }
  };
  const count = found.length + (mayMake ? 1 : 0);
  const chooseAt = (index: number) => {
    const label = found[index];
    if (label !== undefined) choose(label);
    else if (mayMake) void make();
  };
  const onKey = (event: KeyboardEvent) =>
    optionKeys(event, {
      count,
      at,
      onMove: setAt,
      onChoose: count === 0 ? undefined : () => chooseAt(at),
      onClose,
    });
  const option = (index: number) => ({
    id: `${id}-${index}`,
    'data-at': index === at || undefined,
    className: styles.option,
    onPointerMove: () => setAt(index),
    // The field keeps the focus, so that the next letter searches on.
    onPointerDown: (event: { preventDefault: () => void }) => event.preventDefault(),
    onClick: () => chooseAt(index),
  });
  return (
    <>
      <input
        className={styles.search}
        role="combobox"
        aria-label={t('label.search')}
        placeholder={t('label.search')}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={count > 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        maxLength={50}
        data-autofocus
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div
        role="listbox"
        id={`${id}-list`}
        aria-label={t('label.title')}
        aria-multiselectable
        className={styles.list}
      >
        {found.map((label, index) => {
          const standing = standingOf(items, label.id);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen one
            <div key={label.id} role="option" {...option(index)} aria-selected={standing === 'on'}>
              <span className="grow">
                <LabelTag label={label} />
              </span>
              {standing === 'on' && <IconCheck size={16} stroke={1.7} aria-hidden="true" />}
              {standing === 'some' && <IconMinus size={16} stroke={1.7} aria-hidden="true" />}
            </div>
          );
        })}
        {mayMake && (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus for this line too
          <div role="option" {...option(found.length)} aria-selected={false}>
            <IconPlus size={16} stroke={1.7} aria-hidden="true" />
            <span className="grow">{t('label.make', { name })}</span>
          </div>
        )}
      </div>
      {count === 0 && (
        <p className={styles.nothing} role="status">
          {name === '' ? t('label.none') : t('label.notFound', { words: name })}
        </p>
      )}
    </>
  );
}
