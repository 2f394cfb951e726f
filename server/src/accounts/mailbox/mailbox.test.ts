import type { ChannelId, MailboxFacts, MemberId, WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newId, type Tx } from '../../platform/index.ts';
import { aMailbox, aMember, aWorkspace, inMailboxes, withTx } from '../../testing/index.ts';
import { houseActor } from '../actor.ts';
import { loadActor } from '../load-actor.ts';
import { addMailbox } from './add-mailbox.ts';
import { listMailboxes } from './list-mailboxes.ts';
import { mailboxToWire } from './mailbox.ts';
import { saveMailbox } from './save-mailbox.ts';
import { saveMailboxAccess } from './save-mailbox-access.ts';

const facts: MailboxFacts = {
  name: 'ご注文',
  address: 'order@komorebi.example',
  aliases: [],
  senderName: 'こもれび雑貨店',
  tint: 'momo',
  signature: '—',
  afterSend: 'waiting',
  undoSeconds: 20,
  ageLimits: [30, 60, 120, 240],
};

const NOBODY = { members: [], teams: [] };
const atWork = (ids: MemberId[]) => ({
  members: ids.map((memberId) => ({ memberId, level: 'work' as const })),
  teams: [],
});

const levelsOf = async (tx: Tx, workspaceId: WorkspaceId, memberId: MemberId) => [
  ...((await loadActor(tx, workspaceId, memberId))?.mailboxes ?? []),
];

async function administrator(tx: Tx) {
  const workspaceId = await aWorkspace(tx);
  return { workspaceId, ada: await aMember(tx, workspaceId) };
}

test('who adds a mailbox works in it, and the first two differ in colour', () =>
  withTx(async (tx) => {
    const { workspaceId, ada } = await administrator(tx);
    const ben = await aMember(tx, workspaceId);
    const orders = await addMailbox(tx, ada, {
      name: 'ご注文',
      address: ' Order@Komorebi.Example',
      memberIds: [ben.memberId],
    });
    const repairs = await addMailbox(tx, houseActor(workspaceId), {
      name: '修理',
      address: 'repair@komorebi.example',
      memberIds: [],
    });
    expect(orders).toMatchObject({ address: 'order@komorebi.example', aliases: [], tint: 'sora' });
    expect(new Set(orders.memberIds)).toEqual(new Set([ada.memberId, ben.memberId]));
    expect(repairs).toMatchObject({ tint: 'wakaba', memberIds: [] });
    expect(await levelsOf(tx, workspaceId, ada.memberId)).toEqual([[orders.id, 'manage']]);
    expect(await levelsOf(tx, workspaceId, ben.memberId)).toEqual([[orders.id, 'work']]);
    const events = await tx
      .selectFrom('event')
      .select(['kind', 'mailbox_id'])
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(new Set(events.map(({ kind, mailbox_id }) => `${kind} ${mailbox_id}`))).toEqual(
      new Set([
        `mailbox_saved ${orders.id}`,
        `mailbox_members_changed ${orders.id}`,
        `mailbox_saved ${repairs.id}`,
      ]),
    );
    expect(events).toHaveLength(3);
  }));

test('an address belongs to one mailbox of a workspace, as alias too, and may stand in another workspace', () =>
  withTx(async (tx) => {
    const { workspaceId, ada } = await administrator(tx);
    await aMailbox(tx, workspaceId, {
      address: 'order@komorebi.example',
      aliases: ['shop@komorebi.example'],
    });
    const other = await aMailbox(tx, workspaceId);
    await expect(
      addMailbox(tx, ada, { name: 'x', address: 'SHOP@komorebi.example', memberIds: [] }),
    ).rejects.toMatchObject({ code: 'accounts.address_taken', facts: { address: 'shop@komorebi.example' } });
    await expect(
      saveMailbox(tx, ada, {
        ...facts,
        mailboxId: other,
        address: 'repair@komorebi.example',
        aliases: ['order@komorebi.example'],
      }),
    ).rejects.toMatchObject({ code: 'accounts.address_taken' });
    const elsewhere = await administrator(tx);
    await expect(
      addMailbox(tx, elsewhere.ada, { name: 'x', address: 'order@komorebi.example', memberIds: [] }),
    ).resolves.toMatchObject({ address: 'order@komorebi.example' });
  }));

test('saving keeps every fact, and an alias may become the main address', () =>
  withTx(async (tx) => {
    const { workspaceId, ada } = await administrator(tx);
    const mailboxId = await aMailbox(tx, workspaceId, {
      address: 'shop@komorebi.example',
      aliases: ['order@komorebi.example'],
    });
    const saved = await saveMailbox(tx, ada, {
      ...facts,
      mailboxId,
      aliases: ['Shop@komorebi.example', 'order@komorebi.example', 'zz@komorebi.example'],
    });
    const [read] = await listMailboxes(tx, ada);
    expect(read).toEqual(saved);
    expect(read).toMatchObject({
      ...facts,
      aliases: ['shop@komorebi.example', 'zz@komorebi.example'],
      off: false,
    });
  }));

test('limits of waiting must rise, and an address must be one', () =>
  withTx(async (tx) => {
    const { workspaceId, ada } = await administrator(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    await expect(
      saveMailbox(tx, ada, { ...facts, mailboxId, ageLimits: [60, 60, 120, 240] }),
    ).rejects.toMatchObject({ code: 'accounts.age_limits_not_rising' });
    await expect(saveMailbox(tx, ada, { ...facts, mailboxId, aliases: ['shop'] })).rejects.toMatchObject({
      code: 'accounts.address_not_an_address',
      facts: { address: 'shop' },
    });
  }));

test('a member knows of his own mailboxes, who manages settings of all, nobody of another workspace’s', () =>
  withTx(async (tx) => {
    const { workspaceId, ada } = await administrator(tx);
    const orders = await aMailbox(tx, workspaceId);
    const repairs = await aMailbox(tx, workspaceId);
    const foreign = await administrator(tx);
    const theirs = await aMailbox(tx, foreign.workspaceId);
    const ben = await aMember(tx, workspaceId, { permissions: ['conversation.see'], mailboxIds: [orders] });
    const idsFor = async (actor: typeof ada) => (await listMailboxes(tx, actor)).map(({ id }) => id);
    expect(await idsFor(ben)).toEqual([orders]);
    expect(await idsFor({ ...ben, mailboxes: inMailboxes([orders, theirs]) })).toEqual([orders]);
    expect(await idsFor(ada)).toEqual([orders, repairs]);
    await expect(saveMailbox(tx, ada, { ...facts, mailboxId: theirs })).rejects.toMatchObject({
      code: 'accounts.mailbox_not_found',
    });
    await expect(saveMailboxAccess(tx, ada, { ...NOBODY, mailboxId: theirs })).rejects.toMatchObject({
      code: 'accounts.mailbox_not_found',
    });
  }));

test('only who manages settings changes mailboxes', () =>
  withTx(async (tx) => {
    const { workspaceId } = await administrator(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    const ben = await aMember(tx, workspaceId, { permissions: ['people.edit'], mailboxIds: [mailboxId] });
    const refused = { code: 'accounts.not_allowed' };
    const address = 'x@komorebi.example';
    await expect(addMailbox(tx, ben, { name: 'x', address, memberIds: [] })).rejects.toMatchObject(refused);
    await expect(saveMailbox(tx, ben, { ...facts, mailboxId })).rejects.toMatchObject(refused);
    await expect(saveMailboxAccess(tx, ben, { ...NOBODY, mailboxId })).rejects.toMatchObject(refused);
  }));

test('the people of a mailbox are exactly those saved, told once', () =>
  withTx(async (tx) => {
    const { workspaceId, ada } = await administrator(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    const ben = await aMember(tx, workspaceId, { mailboxIds: [mailboxId] });
    const stranger = await aMember(tx, await aWorkspace(tx));
    const save = (memberIds: MemberId[]) => saveMailboxAccess(tx, ada, { ...atWork(memberIds), mailboxId });
    expect((await save([ada.memberId, ada.memberId])).memberIds).toEqual([ada.memberId]);
    await save([ada.memberId]);
    expect(await levelsOf(tx, workspaceId, ben.memberId)).toEqual([]);
    await expect(save([stranger.memberId])).rejects.toMatchObject({ code: 'accounts.member_not_found' });
    const events = await tx
      .selectFrom('event')
      .select('facts')
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(events).toMatchObject([{ facts: { from: [ben.memberId], to: [ada.memberId] } }]);
  }));

test('a mailbox can send by an account of its own that is not off, or by the system’s way out', () =>
  withTx(async (tx) => {
    const { workspaceId, ada } = await administrator(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    const canSend = async (systemSmtp: string | null = null) => {
      const [mailbox] = await listMailboxes(tx, ada);
      return mailbox && mailboxToWire(mailbox, { systemSmtp }, []).canSend;
    };
    expect(await canSend()).toBe(false);
    expect(await canSend('smtp://relay.komorebi.example')).toBe(true);
    const id = newId<ChannelId>();
    await tx
      .insertInto('channel')
      .values({
        workspace_id: workspaceId,
        id,
        mailbox_id: mailboxId,
        kind: 'mail_account',
        smtp: JSON.stringify({ host: 'mail.komorebi.example' }),
      })
      .execute();
    expect(await canSend()).toBe(true);
    await tx
      .updateTable('channel')
      .set({ off_at: new Date() })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .execute();
    expect(await canSend()).toBe(false);
  }));
