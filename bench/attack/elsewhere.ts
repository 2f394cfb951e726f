import { command, type House } from '../house/start-house.ts';
import { ask, brief } from './http.ts';
import { type Person, signIn } from './person.ts';

const ADDRESS = 'order@tonari.example';

/** Another company in the same house, and its administrator: every right, but not here. */
export interface Elsewhere {
  administrator: Person;
  workspaceId: string;
  address: string;
}

/** Made by command, as the documents say; the link is used once the server runs. */
export async function openElsewhere(house: House): Promise<() => Promise<Elsewhere>> {
  const facts = ['--company', 'となりの会社', '--name', '隣', '--email', 'owner@tonari.example'];
  const printed = await command(house.env, ['workspace', ...facts, '--mailbox', ADDRESS, '--json']);
  const { workspaceId, link } = JSON.parse(printed);
  return async () => {
    const [url, from, password] = [house.url, '127.0.3.1', 'tonari-no-himitsu-77'];
    const word = String(link).split('/').at(-1);
    const address = `${url}/api/v1/member-links/${word}`;
    const used = await ask({ url: address, method: 'POST', body: { password }, from });
    if (used.status !== 200) throw new Error(`the link of the other company does not work: ${brief(used)}`);
    const administrator = await signIn({ url, email: 'owner@tonari.example', password, name: '隣', from });
    return { administrator, workspaceId, address: ADDRESS };
  };
}
