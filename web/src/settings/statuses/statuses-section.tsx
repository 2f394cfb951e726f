import { type MailboxTint, mailboxTints, saveStatusesRoute, statusKinds } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { keys } from '../../data/keys.ts';
import { useReasons, useStatuses } from '../../data/queries.ts';
import { Block } from '../block.tsx';
import { SaveBar } from '../save-bar.tsx';
import form from '../settings.module.css';
import { useForm } from '../use-form.ts';
import { type Line, OrderedLines } from './ordered-lines.tsx';

type Lines = Record<(typeof statusKinds)[number] | 'reasons', readonly Line[]>;

const tintOf = (line: Line): MailboxTint | null => mailboxTints.find((each) => each === line.tint) ?? null;

/** The workspace's own statuses, kind by kind, and what a conversation may wait for. */
export function StatusesSection() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const statuses = useStatuses();
  const reasons = useReasons().filter(({ key }) => key === null);
  const saved: Lines = {
    ...byKind((kind) => statuses.filter((each) => each.kind === kind)),
    reasons: reasons.map((each) => ({ ...each, tint: null })),
  };
  const page = useForm('statuses', saved, async (lines) => {
    await call(saveStatusesRoute, {
      body: {
        statuses: statusKinds.flatMap((kind) =>
          lines[kind].map((line) => ({
            id: statuses.find(({ id }) => id === line.id)?.id ?? null,
            kind,
            name: line.name.trim(),
            tint: tintOf(line),
            off: line.off,
          })),
        ),
        reasons: lines.reasons.map((line) => ({
          id: reasons.find(({ id }) => id === line.id)?.id ?? null,
          name: line.name.trim(),
          off: line.off,
        })),
      },
    });
    await Promise.all(
      [keys.statuses(), keys.reasons()].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
  });
  return (
    <>
      <div className={form.form}>
        <div className={form.top}>
          <h2>{t('standing.statuses')}</h2>
        </div>
        <p className={form.hint}>{t('standing.statusesText')}</p>
        {statusKinds.map((kind) => (
          <Block
            key={kind}
            title={t(`status.${kind}`)}
            text={t(`standing.kindText.${kind}`)}
            anchor={`kind-${kind}`}
          >
            <OrderedLines
              kind={kind}
              label={t(`status.${kind}`)}
              lines={page.values[kind]}
              unnamed={t(`status.${kind}`)}
              add={t('standing.addStatus')}
              onChange={(lines) => page.set({ [kind]: lines })}
            />
          </Block>
        ))}
        <Block title={t('standing.reasons')} text={t('standing.reasonsText')} anchor="reasons">
          <OrderedLines
            kind={null}
            label={t('standing.reason')}
            lines={page.values.reasons}
            unnamed=""
            add={t('standing.addReason')}
            onChange={(reasons) => page.set({ reasons })}
          />
        </Block>
      </div>
      <SaveBar
        changes={page.changes}
        refusal={page.refusal}
        busy={page.busy}
        onDiscard={page.discard}
        onSave={page.submit}
      />
    </>
  );
}

function byKind(of: (kind: (typeof statusKinds)[number]) => readonly Line[]) {
  const lines = (kind: (typeof statusKinds)[number]) =>
    of(kind).map(({ id, name, tint, off }) => ({ id, name, tint, off }));
  return {
    open: lines('open'),
    in_progress: lines('in_progress'),
    waiting: lines('waiting'),
    done: lines('done'),
  };
}
