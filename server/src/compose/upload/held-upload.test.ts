import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { leaveMember, type MemberActor, makeToken } from '../../accounts/index.ts';
import { aCompany, type Company } from '../../testing/a-company.ts';
import { aMailbox, openHouse, type TestHouse } from '../../testing/index.ts';
import { composeRoutes } from '../routes.ts';

let house: TestHouse;
let company: Company;
let ben: MemberActor;
let token = '';
/** Told when the check before the route is behind him: the rest of the body is all that is missing. */
let isReading = () => {};

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    const { scratch } = edge.files;
    // The route asks for a place on the disk once it has read the head of the file.
    composeRoutes(app, {
      ...edge,
      files: {
        ...edge.files,
        async scratch() {
          const folder = await scratch();
          isReading();
          return folder;
        },
      },
    });
  });
});
beforeEach(async () => {
  await house.edge.db.transaction(async (tx) => {
    company = await aCompany(tx);
    const mailboxIds = [await aMailbox(tx, company.workspaceId)];
    ben = await company.person('member', { mailboxIds });
    token = await makeToken(tx, ben, ben);
  });
});
afterAll(() => house.close());

/** Uploads half of a file, lets something happen, and only then the other half. */
async function upload(meanwhile: () => Promise<unknown>) {
  const body = new PassThrough();
  const reading = new Promise<void>((resolve) => {
    isReading = resolve;
  });
  const answer = house.app.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b' },
    payload: body,
  });
  body.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf');
  await reading;
  await meanwhile();
  body.end(' and the rest\r\n--b--\r\n');
  const { statusCode, body: text } = await answer;
  return { status: statusCode, code: JSON.parse(text).code };
}

/** Rows that an upload leaves. */
async function kept(): Promise<number[]> {
  const count = async (table: string) =>
    (
      await house.edge.db.pool.query(`select count(*)::int as n from ${table} where workspace_id = $1`, [
        company.workspaceId,
      ])
    ).rows[0].n;
  return [await count('upload'), await count('file')];
}

test('who stays as he is keeps what he brought, however slowly it came', async () => {
  expect(await upload(async () => {})).toMatchObject({ status: 200 });
  expect(await kept()).toEqual([1, 1]);
});

test('who was retired while his file came leaves neither upload nor file', async () => {
  const retire = () =>
    house.edge.db.transaction((tx) =>
      leaveMember(tx, company.admin, 'left', { memberId: ben.memberId, successorId: null }),
    );
  expect(await upload(retire)).toEqual({ status: 401, code: 'accounts.not_signed_in' });
  expect(await kept()).toEqual([0, 0]);
});

test('who lost the right while his file came leaves nothing either', async () => {
  const become = (key: 'reader') =>
    house.edge.db.pool.query('update member set role_id = $1 where id = $2', [
      company.role(key),
      ben.memberId,
    ]);
  expect(await upload(() => become('reader'))).toEqual({ status: 404, code: 'accounts.not_allowed' });
  expect(await kept()).toEqual([0, 0]);
});

test('whose token was ended while his file came leaves nothing either', async () => {
  const end = () =>
    house.edge.db.pool.query('update api_token set ended_at = now() where member_id = $1', [ben.memberId]);
  expect((await upload(end)).status).toBe(401);
  expect(await kept()).toEqual([0, 0]);
});
