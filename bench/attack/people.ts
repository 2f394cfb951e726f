import { ask, brief } from './http.ts';
import { type Person, signIn } from './person.ts';

export interface People {
  owner: Person;
  /** 担当者 with the open mailbox. */
  member: Person;
  colleague: Person;
  trainee: Person;
  reader: Person;
  manager: Person;
  /** A member without any mailbox. */
  nobody: Person;
  /** An own role that may not see customers' addresses. */
  masked: Person;
  /** Will be retired by a probe. */
  leaver: Person;
  roleIds: Map<string, string>;
  mailboxId: string;
  /** By what they are: passwords, cookies, words of links. */
  secrets: Map<string, string>;
}

interface Wanted {
  url: string;
  /** The shared address in which they all work. */
  mailbox: string;
  owner: { email: string; password: string };
}

const MASKED_ROLE = '電話係';

/** Invites everybody as the product does it: by a link that he opens once. */
export async function makePeople({ url, mailbox, owner: facts }: Wanted): Promise<People> {
  const owner = await signIn({ ...facts, url, name: '店主', from: '127.0.1.1' });
  const boxes = await answerOf(owner, 'GET', '/mailboxes');
  const mailboxId = boxes.items.find(({ address }: { address: string }) => address === mailbox).id;
  const roleIds = await makeRoles(owner);
  const secrets = new Map([['the owner’s password', facts.password]]);
  let at = 1;
  const make = async (name: string, role: string, mailboxIds: string[]): Promise<Person> => {
    at += 1;
    const email = `p${at}@komorebi.example`;
    const password = `himitsu-no-${role}-${at}`;
    const body = { name, email, roleId: roleIds.get(role), mailboxIds };
    const { link } = await answerOf(owner, 'POST', '/members', body);
    const word = String(link.url).split('/').at(-1) ?? '';
    const used = await ask({
      url: `${url}/api/v1/member-links/${word}`,
      method: 'POST',
      body: { password },
      from: `127.0.1.${at}`,
    });
    if (used.status !== 200) throw new Error(`the link of ${name} does not work: ${brief(used)}`);
    const person = await signIn({ url, email, password, name, from: `127.0.1.${at}` });
    secrets.set(`the password of ${name}`, password).set(`the link of ${name}`, word);
    secrets.set(`the cookie of ${name}`, person.cookie.split('=').at(-1)?.slice(0, 40) ?? '');
    return person;
  };
  const here = [mailboxId];
  return {
    owner,
    member: await make('佐藤', 'member', here),
    colleague: await make('鈴木', 'member', here),
    trainee: await make('見習い', 'trainee', here),
    reader: await make('閲覧', 'reader', here),
    manager: await make('店長', 'manager', here),
    nobody: await make('新人', 'member', []),
    masked: await make(MASKED_ROLE, MASKED_ROLE, here),
    leaver: await make('退職', 'member', here),
    roleIds,
    mailboxId,
    secrets,
  };
}

/** The built-in roles by their keys, and an own one by its name. */
async function makeRoles(owner: Person): Promise<Map<string, string>> {
  const { items } = await answerOf(owner, 'GET', '/roles');
  const roles: { id: string; key: string; permissions: string[] }[] = items;
  const member = roles.find(({ key }) => key === 'member');
  const permissions = member?.permissions.filter((name) => !/see_addresses|see_original/.test(name));
  const facts = { name: MASKED_ROLE, permissions, scope: 'mailboxes', secondFactor: false, networks: [] };
  const own = await answerOf(owner, 'POST', '/roles', facts);
  return new Map([...roles.map(({ key, id }): [string, string] => [key, id]), [MASKED_ROLE, own.id]]);
}

/** A call that has to work. @throws Error otherwise */
export async function answerOf(
  person: Pick<Person, 'ask' | 'name'>,
  method: string,
  path: string,
  body?: object,
) {
  const answer = await person.ask(method, path, body);
  if (answer.status >= 300)
    throw new Error(`${person.name}: ${method} ${path}: ${brief(answer)} ${answer.text.slice(0, 300)}`);
  return answer.json;
}
