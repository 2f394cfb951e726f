import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountsRoutes, houseActor, setMemberPassword } from '../../accounts/index.ts';
import { aCompany } from '../../testing/a-company.ts';
import { aBrowser, openHouse, type TestHouse } from '../../testing/index.ts';
import { composeRoutes } from '../routes.ts';

const PASSWORD = 'correct horse battery';

let house: TestHouse;

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    accountsRoutes(app, edge);
    composeRoutes(app, edge);
  });
});
afterAll(() => house.close());

test('who looks at the page as somebody else is proposed nothing: files that come with it would be laid down', async () => {
  const { manager, ben } = await house.edge.db.transaction(async (tx) => {
    const { person, workspaceId } = await aCompany(tx);
    const [manager, ben] = [await person('manager'), await person('member')];
    await setMemberPassword(tx, houseActor(workspaceId), { ...manager, password: PASSWORD });
    return { manager, ben };
  });
  const browser = aBrowser(house);
  await browser.signIn(`${manager.memberId}@komorebi.example`, PASSWORD);
  const propose = async () =>
    (await browser.ask('GET', `/conversations/${ben.memberId}/proposal?kind=forward`)).body.code;
  expect(await propose()).toBe('conversation.not_found');
  expect((await browser.ask('POST', '/preview', { memberId: ben.memberId })).status).toBe(200);
  expect(await propose()).toBe('accounts.preview_only');
});
