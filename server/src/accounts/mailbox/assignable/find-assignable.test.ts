import { expect, test } from 'vitest';
import { newId } from '../../../platform/index.ts';
import { aCompany, aMailbox, withTx } from '../../../testing/index.ts';
import { loadActor } from '../../load-actor.ts';
import { updateMember } from '../../member/store.ts';
import { findAssignable } from './find-assignable.ts';
import { mayHave } from './may-have.ts';

test('whom the menu offers is whom a conversation may lie on: level, role and presence, by himself or by a team', () =>
  withTx(async (tx) => {
    const { person, workspaceId } = await aCompany(tx);
    const [order, info] = [await aMailbox(tx, workspaceId), await aMailbox(tx, workspaceId)];
    const works = await person('member', { mailboxIds: [order] });
    const writesNotes = await person('guest', { mailboxIds: [order, info] });
    const looksOn = await person('member', { mailboxIds: [order], level: 'read' });
    const reads = await person('reader', { mailboxIds: [order] });
    const away = await person('member', { mailboxIds: [order] });
    await updateMember(tx, workspaceId, away.memberId, { state: 'suspended' });
    const byTeam = await person('trainee', { mailboxIds: [info], level: 'read' });
    const teamId = newId<never>();
    await tx.insertInto('team').values({ workspace_id: workspaceId, id: teamId, name: '注文' }).execute();
    await tx
      .insertInto('team_member')
      .values({ workspace_id: workspaceId, team_id: teamId, member_id: byTeam.memberId })
      .execute();
    await tx
      .insertInto('mailbox_team')
      .values({ workspace_id: workspaceId, mailbox_id: info, team_id: teamId, level: 'work' })
      .execute();

    const assignable = await findAssignable(tx, workspaceId);
    expect(new Set(assignable.get(order))).toEqual(new Set([works.memberId, writesNotes.memberId]));
    expect(new Set(assignable.get(info))).toEqual(new Set([writesNotes.memberId, byTeam.memberId]));
    for (const mailboxId of [order, info])
      for (const { memberId } of [works, writesNotes, looksOn, reads, byTeam]) {
        const actor = await loadActor(tx, workspaceId, memberId);
        const fit = actor !== null && mayHave(actor, mailboxId);
        expect(assignable.get(mailboxId)?.includes(memberId)).toBe(fit);
      }
  }));

test('nobody of another workspace is offered', () =>
  withTx(async (tx) => {
    const [one, other] = [await aCompany(tx), await aCompany(tx)];
    const mailboxId = await aMailbox(tx, other.workspaceId);
    await other.person('member', { mailboxIds: [mailboxId] });
    expect(await findAssignable(tx, one.workspaceId)).toEqual(new Map());
  }));
