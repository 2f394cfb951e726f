import type { Counts, KindCounts, MailboxId, StatusId, StatusKind } from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import {
  type CountRow,
  countDrafts,
  countOutboxAlarms,
  countWrong,
  lockCounts,
  rebuildCounts,
  sumCounts,
} from './store.ts';

type MailboxCounts = Counts['mailboxes'][number];

/** Exact counts of what the actor may see; each equals the length of its list. */
export async function countsOf(tx: Tx, actor: Actor): Promise<Counts> {
  const rows = await sumCounts(tx, actor);
  return {
    ...gather(rows),
    drafts: await countDrafts(tx, actor),
    outboxAlarms: await countOutboxAlarms(tx, actor),
  };
}

function gather(rows: CountRow[]): Pick<Counts, 'mailboxes' | 'mine' | 'unassigned' | 'myTeams'> {
  const mailboxes = new Map<MailboxId, MailboxCounts>();
  const [mine, unassigned, myTeams] = [noneOf(), noneOf(), noneOf()];
  for (const row of rows) {
    const counts = mailboxes.get(row.mailboxId) ?? {
      mailboxId: row.mailboxId,
      ...noneOf(),
      spam: 0,
      trash: 0,
    };
    mailboxes.set(row.mailboxId, counts);
    if (row.place !== 'inbox') {
      counts[row.place] += row.n;
      continue;
    }
    addTo(counts, row);
    if (row.mine) addTo(mine, row);
    if (row.unassigned) addTo(unassigned, row);
    if (row.myTeams) addTo(myTeams, row);
  }
  return { mailboxes: [...mailboxes.values()], mine, unassigned, myTeams };
}

/** Nothing yet; `addTo` adds. */
export const noneOf = (): KindCounts => ({ open: 0, in_progress: 0, waiting: 0, done: 0, statuses: [] });

export function addTo(
  counted: KindCounts,
  { status, statusId, n }: { status: StatusKind; statusId: StatusId; n: number },
): void {
  counted[status] += n;
  const known = counted.statuses.find((one) => one.statusId === statusId);
  if (known === undefined) counted.statuses.push({ statusId, n });
  else known.n += n;
}

/**
 * Compares the counts with the conversations themselves, and makes them anew where they differ.
 * @param actor the house: a recount is of everything
 * @returns how many sums were wrong
 */
export async function recountConversations(tx: Tx, actor: Actor): Promise<{ wrong: number }> {
  if ((await countWrong(tx, actor.workspaceId)) === 0) return { wrong: 0 };
  // Two statements see two moments: only what differs while nobody may write is wrong.
  await lockCounts(tx);
  const wrong = await countWrong(tx, actor.workspaceId);
  if (wrong > 0) await rebuildCounts(tx, actor.workspaceId);
  return { wrong };
}
