import { parseLetter } from '../../intake/parse/parse-letter.ts';
import { type Config, type Db, log, type Secrets } from '../../platform/index.ts';
import { PASSWORD, PEOPLE } from '../company.ts';
import { type Diary, type KeptLetter, readDiary, writeDiary } from '../diary.ts';
import { listen, type TakenLetter } from './listen.ts';
import { pointMailboxes } from './point-mailboxes.ts';
import { openPostbox, type Postbox } from './postbox.ts';
import { type CustomersWords, writeAsCustomer } from './write-as-customer.ts';

/** Everyone outside: what we send arrives here, and whoever plays a customer writes from here. */
export interface DemoWorld {
  /** What this customer wrote and got, newest first. */
  lettersOf(customer: string): readonly KeptLetter[];
  /**
   * @param answers the id of a letter that he has; empty for a new one
   * @throws demoAddressUnfit, demoLetterNotTaken
   */
  write(words: CustomersWords, answers: string): Promise<void>;
  stop(): Promise<void>;
}

interface WorldNeeds {
  db: Db;
  config: Pick<Config, 'dataFolder' | 'smtpHost' | 'smtpPort'>;
  secrets: Secrets;
  say: (step: string) => void;
}

const LONGEST_TEXT = 100_000;

/** Starts the world on a port of this machine that nobody else reaches, and leads the shared mailboxes there. */
export async function startDemoWorld({ db, config, secrets, say }: WorldNeeds): Promise<DemoWorld> {
  const before = await readDiary(config.dataFolder);
  const diary: Diary = before ?? { began: new Date().toISOString(), isTold: true, worldPort: 0, letters: [] };
  const postbox = openPostbox(diary.letters);
  const keeper = openKeeper(config.dataFolder, diary, postbox);
  const server = await listen(diary.worldPort, async (letter) => {
    for (const kept of await readTaken(letter)) postbox.keep(kept);
    await keeper.save();
  });
  diary.worldPort = server.port;
  await keeper.save();
  await db.transaction((tx) => pointMailboxes(tx, secrets, server.port));
  say(`ログイン / sign in:  ${PEOPLE[0]?.email}  パスワード / password:  ${PASSWORD}`);
  return {
    lettersOf: (customer) => postbox.of(customer),
    async write(words, answers) {
      const answered = postbox.of(words.customer).find(({ id }) => id === answers) ?? null;
      postbox.keep(await writeAsCustomer(config, words, answered));
      await keeper.save();
    },
    async stop() {
      await server.close();
      await keeper.save();
    },
  };
}

/** One copy for each customer who got it, Bcc as well. */
async function readTaken({ recipients, bytes }: TakenLetter): Promise<KeptLetter[]> {
  const letter = await parseLetter(bytes, { folder: null });
  const [from = { name: '', address: '' }] = letter.from;
  return recipients.map((customer) => ({
    id: letter.messageId ?? letter.contentHash,
    customer,
    direction: 'received',
    from: nameOf(from),
    to: letter.to.map(nameOf).join(', '),
    subject: letter.subject,
    text: letter.text.slice(0, LONGEST_TEXT),
    at: new Date().toISOString(),
    references: letter.references,
  }));
}

const nameOf = ({ name, address }: { name: string; address: string }): string =>
  name === '' ? address : `${name} <${address}>`;

/** Writes the diary one after the other; what failed once is written with the next letter. */
function openKeeper(dataFolder: string, diary: Diary, postbox: Postbox): { save(): Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  return {
    save() {
      last = last.then(() =>
        writeDiary(dataFolder, { ...diary, letters: postbox.all() }).catch((error: unknown) => {
          log.warn({ error: String(error) }, 'the customers’ mail of the demo could not be kept');
        }),
      );
      return last;
    },
  };
}
