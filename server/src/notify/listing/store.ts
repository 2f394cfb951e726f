/** What became of letters, for a screen. Own table: house_letter. Reads member. */
import type { HouseLetter, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';

/** A letter on the screen, its moments as the server keeps them. */
export interface ShownLetter extends Omit<HouseLetter, 'createdAt' | 'settledAt'> {
  createdAt: Date;
  settledAt: Date | null;
}

/** The newest letter of each kind to each person who is here or invited, of the last thirty days. */
export async function findNewestLetters(tx: Tx, workspaceId: WorkspaceId): Promise<ShownLetter[]> {
  return await tx
    .selectFrom('house_letter')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'house_letter.workspace_id')
        .onRef('member.id', '=', 'house_letter.member_id'),
    )
    .distinctOn(['house_letter.member_id', 'house_letter.kind'])
    .select([
      'house_letter.member_id as memberId',
      sql<HouseLetter['kind']>`house_letter.kind`.as('kind'),
      sql<HouseLetter['state']>`house_letter.state`.as('state'),
      'house_letter.reply',
      'house_letter.created_at as createdAt',
      'house_letter.settled_at as settledAt',
    ])
    .where('house_letter.workspace_id', '=', workspaceId)
    .where('house_letter.created_at', '>', sql<Date>`now() - interval '30 days'`)
    .where('member.state', 'in', ['invited', 'active'])
    .orderBy('house_letter.member_id')
    .orderBy('house_letter.kind')
    .orderBy('house_letter.created_at', 'desc')
    .execute();
}
