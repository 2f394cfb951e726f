import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import styles from './shortcut-table.module.css';

let shown = false;
const listeners = new Set<() => void>();
const set = (next: boolean) => {
  shown = next;
  for (const listener of listeners) listener();
};

export const showKeys = (): void => set(true);

/** Every key that works now; nothing is listed that does not. */
export function useKeyGroups() {
  const { t } = useTranslation();
  return [
    {
      name: t('keys.groupList'),
      rows: [
        ['J K', t('keys.nextPrev')],
        ['O ⏎', t('keys.open')],
        ['1 2 3 4', t('keys.tabs')],
        ['[ ]', t('keys.mailboxes')],
        ['/', t('nav.search')],
        ['X', t('bulkKeys.choose')],
        ['⇧J ⇧K', t('bulkKeys.extend')],
        ['Ctrl+A', t('bulkKeys.all')],
        ['C', t('keys.compose')],
        ['Z', t('act.undo')],
        ['?', t('keys.help')],
      ],
    },
    {
      name: t('keys.groupConversation'),
      rows: [
        ['R', t('act.reply')],
        ['⇧R', t('act.replyAll')],
        ['F', t('act.forward')],
        ['N', t('act.note')],
        ['E', t('act.done')],
        ['S', t('status.label')],
        ['A', t('conversation.assignee')],
        ['L', t('label.put')],
        ['M', t('act.toMe')],
        ['H', t('standing.later')],
        ['⇧U', t('keys.unread')],
        ['#', t('act.trash')],
        ['!', t('act.spam')],
        ['I', t('keys.panel')],
        [';', t('act.foldAll')],
        ['Esc', t('keys.close')],
      ],
    },
    {
      name: t('keys.groupWrite'),
      rows: [
        ['Ctrl ⏎', t('composer.send')],
        ['Esc', t('keys.leave')],
      ],
    },
  ] as const;
}

export function KeyTable() {
  const groups = useKeyGroups();
  return (
    <div className={styles.groups}>
      {groups.map((group) => (
        <section key={group.name}>
          <h3>{group.name}</h3>
          <dl>
            {group.rows.map(([key, act]) => (
              <div key={key}>
                <dt>
                  {key.split(' ').map((each) => (
                    <Kbd key={each}>{each}</Kbd>
                  ))}
                  <span className="sr">{key}</span>
                </dt>
                <dd>{act}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

export function ShortcutDialog() {
  const { t } = useTranslation();
  const [subscribe] = useState(() => (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  const opened = useSyncExternalStore(subscribe, () => shown);
  return (
    <Dialog opened={opened} title={t('keys.title')} size={640} onClose={() => set(false)}>
      <KeyTable />
    </Dialog>
  );
}
