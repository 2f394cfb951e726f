import { MemberId } from '@madoguchi/contract';
import { Value } from 'typebox/value';
import type { Tx } from '../../platform/index.ts';
import { type MemberActor, requirePermission } from '../actor.ts';
import { memberNotFound, signInCursorUnfit } from '../errors.ts';
import { findMember } from '../member/store.ts';
import { findRecords, type PageMark, type StoredSignIn } from './store.ts';

const PAGE = 50;
const MARK = /^(\d{1,15})_([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

interface Wanted {
  /** `me`, somebody's, or left out for everybody's. */
  memberId?: string | undefined;
  limit?: number | undefined;
  /** The `next` of the page before. */
  cursor?: string | undefined;
}

/**
 * A page of the login history, the newest first.
 *
 * @throws notAllowed when it is not his own and he may not see others'
 * @throws memberNotFound, signInCursorUnfit
 */
export async function listSignIns(
  tx: Tx,
  actor: MemberActor,
  { memberId, limit = PAGE, cursor }: Wanted,
): Promise<{ items: StoredSignIn[]; next: string | null }> {
  const whose = await readWhose(tx, actor, memberId);
  const after = cursor === undefined ? null : readMark(cursor);
  const found = await findRecords(tx, actor.workspaceId, { memberId: whose, after, limit: limit + 1 });
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { items: found.slice(0, limit), next: last === undefined ? null : writeMark(last) };
}

/** Null: everybody's. */
async function readWhose(tx: Tx, actor: MemberActor, wanted: string | undefined): Promise<MemberId | null> {
  if (wanted === 'me' || wanted === actor.memberId) return actor.memberId;
  requirePermission(actor, 'people.see_sign_ins');
  if (wanted === undefined) return null;
  const isThere =
    Value.Check(MemberId, wanted) && (await findMember(tx, actor.workspaceId, { memberId: wanted })) !== null;
  if (!isThere) throw memberNotFound({});
  return wanted;
}

const writeMark = ({ at, id }: PageMark): string => `${at.getTime()}_${id}`;

function readMark(cursor: string): PageMark {
  const [, ms, id] = MARK.exec(cursor) ?? [];
  if (ms === undefined || id === undefined) throw signInCursorUnfit({});
  return { at: new Date(Number(ms)), id };
}
