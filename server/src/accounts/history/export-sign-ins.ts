import { appendEvent, type Tx } from '../../platform/index.ts';
import type { MemberActor } from '../actor.ts';
import { memberNotFound } from '../errors.ts';
import { findMember } from '../member/store.ts';
import { listSignIns } from './list-sign-ins.ts';
import { signInTable, type TableLanguage } from './sign-in-table.ts';
import { findNames } from './store.ts';

const ROWS_AT_MOST = 10_000;

interface Wanted {
  memberId?: string | undefined;
  /** For who has set none himself: what his browser asks for. */
  timeZone?: string | undefined;
  language: TableLanguage;
}

/**
 * The same as `listSignIns` as a table, 10,000 rows at most. Who took it away is written down.
 * @throws notAllowed, memberNotFound
 */
export async function exportSignIns(
  tx: Tx,
  actor: MemberActor,
  { memberId, timeZone, language }: Wanted,
): Promise<{ fileName: string; text: string }> {
  const asker = await findMember(tx, actor.workspaceId, actor);
  if (asker === null) throw memberNotFound({});
  const { items } = await listSignIns(tx, actor, { memberId, limit: ROWS_AT_MOST });
  await appendEvent(tx, actor, {
    kind: 'exported',
    facts: { what: 'sign_ins', lines: items.length, filter: { memberId: memberId ?? null } },
    silent: true,
  });
  return signInTable(items, {
    language: asker.language ?? language,
    timeZone: asker.timeZone ?? timeZone ?? 'UTC',
    names: await findNames(tx, actor.workspaceId),
  });
}
