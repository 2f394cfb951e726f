import type { LabelFacts, LabelId, ViewFacts, WorkspaceId } from '@madoguchi/contract';
import type { MemberActor } from '../accounts/index.ts';
import { addLabel, addView, findLabels } from '../conversation/index.ts';
import type { Tx } from '../platform/index.ts';
import type { Step } from './planned.ts';

/** The example company's labels, each with the words of a subject by which its people put it on. */
const LABELS: readonly (LabelFacts & { of: RegExp })[] = [
  { name: '返品・交換', tint: 'momo', of: /返品|交換|欠け|割れ|破損|違う|return|broken/iu },
  { name: '配送', tint: 'kihada', of: /届け|配送|発送|送料|追跡|delivery|ship/iu },
  { name: '法人', tint: 'kuchiba', of: /見積|請求|卸|取引|記念品|納品/u },
  { name: '領収書', tint: 'asagi', of: /領収/u },
];

/** Its labels, and two lists that everyone there has in sight. */
export async function makeLabels(tx: Tx, admin: MemberActor): Promise<void> {
  const ids = new Map<string, LabelId>();
  for (const { name, tint } of LABELS) ids.set(name, (await addLabel(tx, admin, { name, tint })).id);
  const shared: Omit<ViewFacts, 'name' | 'filter'> = {
    sort: 'waiting',
    columns: ['mailbox', 'labels', 'text', 'assignee'],
    shared: true,
    teamId: null,
  };
  const status = 'open,in_progress';
  const returns = ids.get('返品・交換');
  if (returns !== undefined) {
    await addView(tx, admin, { ...shared, name: '返品・交換', filter: { status, labelsAny: returns } });
  }
  await addView(tx, admin, { ...shared, name: '1日以上お待たせ', filter: { status, waitingOver: 24 * 60 } });
}

/** Finds again what makeLabels made. */
export async function findLabelIds(tx: Tx, workspaceId: WorkspaceId): Promise<ReadonlyMap<string, LabelId>> {
  return new Map((await findLabels(tx, workspaceId)).map(({ id, name }) => [name, id]));
}

/** What happens, with the labels that are put on as soon as the first letter has been read. */
export function withLabels(steps: readonly Step[]): Step[] {
  const [first, ...rest] = steps;
  if (first?.kind !== 'in') return [...steps];
  const fitting = LABELS.filter(({ of }) => of.test(first.letter.subject));
  const put = fitting.map(({ name }): Step => ({ kind: 'label', by: 0, name, at: first.at }));
  return [first, ...put, ...rest];
}
