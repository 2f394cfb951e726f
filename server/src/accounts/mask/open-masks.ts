import type { WorkspaceId } from '@madoguchi/contract';
import type { Edge, Tx } from '../../platform/index.ts';
import type { Actor } from '../actor.ts';
import { plainForm } from './find-addresses.ts';
import { findPhones } from './find-phones.ts';
import { type Mask, maskOf, type Own } from './mask.ts';
import { listOwn } from './store.ts';

/** How long a mailbox's new address may still look like a stranger's. */
const KEPT_MS = 10_000;

export interface Masks {
  /** What hides from this actor whom we write with; null where he may see it. */
  forActor(tx: Tx, actor: Actor): Promise<Mask | null>;
  /** The masks of a workspace, whoever asks. */
  ofWorkspace(tx: Tx, workspaceId: WorkspaceId): Promise<Mask>;
}

/** Whether addresses of customers are shown to him. Who looks as somebody else sees what both may see. */
export const seesAddresses = ({ permissions, previewedBy }: Actor): boolean =>
  permissions.has('customer.see_addresses') && (previewedBy === null || seesAddresses(previewedBy));

export function openMasks({ secrets }: Pick<Edge, 'secrets'>): Masks {
  const key = secrets.keyFor('mask');
  const kept = new Map<WorkspaceId, { own: Own; until: number }>();
  const ofWorkspace = async (tx: Tx, workspaceId: WorkspaceId): Promise<Mask> => {
    const before = kept.get(workspaceId);
    if (before !== undefined && before.until > Date.now())
      return maskOf({ key, workspaceId, own: before.own });
    const own = ownOf(await listOwn(tx, workspaceId));
    kept.set(workspaceId, { own, until: Date.now() + KEPT_MS });
    return maskOf({ key, workspaceId, own });
  };
  return {
    ofWorkspace,
    forActor: async (tx, actor) => (seesAddresses(actor) ? null : ofWorkspace(tx, actor.workspaceId)),
  };
}

function ownOf({ addresses, signatures }: { addresses: string[]; signatures: string[] }): Own {
  return {
    addresses: new Set(addresses.map(plainForm)),
    phones: new Set(signatures.flatMap((text) => findPhones(text).map(({ digits }) => digits))),
  };
}
