import { checkSetupCodeRoute, readSetupRoute, setUpRoute, trySetupAccountRoute } from '@madoguchi/contract';
import { cleanAddress, judgeSetupCode, listWorkspaces, workspaceExists } from './accounts/index.ts';
import { addChannel, tryAccount } from './channels/index.ts';
import { setUp } from './cli/setup.ts';
import { type App, type Edge, HouseError, route } from './platform/index.ts';

/** The first page. All of it is open, and nothing of it works without the code that the server printed. */
export function setupRoutes(app: App, edge: Edge): void {
  const { db, config, secrets } = edge;

  route(app, readSetupRoute, async () => ({
    needed: !(await hasWorkspace(edge)),
    demo: config.demo,
    smtpPort: config.smtpPort,
  }));
  route(app, checkSetupCodeRoute, async ({ body }) => {
    const refusal = await refusalOf(edge, body.code);
    if (refusal !== null && !isWrongCode(refusal)) throw refusal;
    return { right: refusal === null };
  });
  route(app, trySetupAccountRoute, async ({ body }) => {
    await requireCode(edge, body.code);
    return tryAccount(config, body.account);
  });
  route(app, setUpRoute, async ({ body }) => {
    await requireCode(edge, body.code);
    return db.transaction(async (tx) => {
      const { administrator, mailboxes } = await setUp(tx, {
        ...body,
        mailboxes: [{ name: body.mailboxName, address: body.mailboxAddress }],
        demo: config.demo,
      });
      const [mailbox] = mailboxes;
      if (body.account !== null && mailbox !== undefined) {
        await addChannel(tx, administrator, { mailboxId: mailbox.id, account: body.account }, secrets);
      }
      return { email: cleanAddress(body.email) };
    });
  });
}

const hasWorkspace = ({ db }: Edge) => db.transaction(async (tx) => (await listWorkspaces(tx)).length > 0);

/** The wrong codes are counted in a transaction of their own, which stands even when the request is refused. */
const refusalOf = ({ db, secrets }: Edge, typed: string) =>
  db.transaction((tx) => judgeSetupCode(tx, { secrets, typed }));

async function requireCode(edge: Edge, typed: string): Promise<void> {
  if (await hasWorkspace(edge)) throw workspaceExists({});
  const refusal = await refusalOf(edge, typed);
  if (refusal !== null) throw refusal;
}

const isWrongCode = (refusal: Error) =>
  refusal instanceof HouseError && refusal.code === 'accounts.setup_code_wrong';
