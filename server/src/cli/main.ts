import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type Ground, openGround, refuseNoHouse, withIntake } from '../main.ts';
import { ConfigError, HouseError, readConfig } from '../platform/index.ts';
import { doctor } from './doctor.ts';
import { importMail } from './import.ts';
import { inspect } from './inspect.ts';
import { reset } from './reset.ts';
import { security } from './security.ts';
import { runServer } from './serve.ts';
import { setup } from './setup.ts';
import { token } from './token.ts';
import { workspace } from './workspace.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string; // Our own file, kept with the program.
};

const progress = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const collect = (value: string, list: string[]) => [...list, value];

/** Opens database and files for one command and closes them whatever happened. */
async function onGround<T>(work: (ground: Ground) => Promise<T>, { mayBegin = false } = {}): Promise<T> {
  const config = readConfig();
  if (!mayBegin) refuseNoHouse(config);
  // A command answers with facts; requests and sweeps are the server's to log.
  const ground = await openGround(
    { ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel },
    progress,
  );
  try {
    return await work(ground);
  } finally {
    await ground.close();
  }
}

/** Facts alone on standard output: one line of JSON, or one line for people. */
function answer(facts: Record<string, unknown>, asJson: boolean | undefined): void {
  const words = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  process.stdout.write(`${asJson ? JSON.stringify(facts) : words.join(', ')}
`);
}

const program = new Command('madoguchi')
  .description('A shared mailbox for teams. Settings come from the environment; see .env.example.')
  .version(version)
  .showHelpAfterError()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) });

const json = new Option('--json', 'answer with one line of JSON');

program
  .command('serve')
  .description('start the server: page, API, mail and background work')
  .option('--demo', 'an example company in a folder of its own, to try everything')
  .action(({ demo }: { demo?: boolean }) => runServer(demo === true));

program
  .command('setup')
  .description('the first run without a browser; running it again adds what is missing')
  .requiredOption('--company <name>', 'name of the company')
  .requiredOption('--email <address>', 'mail address with which the administrator signs in')
  .requiredOption('--name <name>', 'name of the administrator')
  .requiredOption('--password-file <file>', 'file that holds the password, 10 characters or more')
  .requiredOption('--mailbox <address>', 'a shared address; may be given several times', collect, [])
  .addOption(json)
  .action((options) => onGround((ground) => setup(options, ground), { mayBegin: true }));

program
  .command('workspace')
  .description('one company more in the same house; prints the link for its administrator')
  .requiredOption('--company <name>', 'name of the company')
  .requiredOption('--email <address>', 'mail address with which its administrator signs in')
  .requiredOption('--name <name>', 'name of the administrator')
  .requiredOption('--mailbox <address>', 'a shared address; may be given several times', collect, [])
  .addOption(json)
  .action((options) => onGround((ground) => workspace(options, ground)));

program
  .command('reset')
  .description('a new password for who lost his second factor, which ends as well')
  .requiredOption('--email <address>', 'whose')
  .requiredOption('--password-file <file>', 'file that holds the new password, 10 characters or more')
  .addOption(json)
  .action((options) => onGround((ground) => reset(options, ground)));

program
  .command('token')
  .description('make an API token; the last word printed is the token')
  .requiredOption('--email <address>', 'whose token')
  .option('--name <name>', 'what it is for; shown in the list of his tokens')
  .addOption(json)
  .action((options) => onGround((ground) => token(options, ground)));

program
  .command('security')
  .description('from which networks the house may be entered; the way back for who shut himself out')
  .option('--open', 'remove every list of networks: from everywhere again')
  .addOption(json)
  .action((options) => onGround((ground) => security(options, ground)));

program
  .command('inspect')
  .description('what the house reads in a mail: one line of JSON a file, no database')
  .argument('<file...>', '.eml files')
  .action((files: string[]) => inspect(files));

program
  .command('import')
  .description('take in old mail: an mbox file, a Maildir or a folder of .eml files')
  .argument('<path>', 'what to read')
  .requiredOption('--mailbox <address>', 'the shared mailbox it belongs to')
  .addOption(json)
  .action((path: string, { mailbox, json: asJson }: { mailbox: string; json?: boolean }) =>
    onGround(async (ground) => {
      const counts = await withIntake(ground, (onRaw) =>
        importMail(path, mailbox, { ...ground, onRaw, settle: async () => {}, say: progress }),
      );
      answer(counts, asJson);
      if (counts.waiting > 0) process.exitCode = 1;
    }),
  );

program
  .command('doctor')
  .description('check each part and say how to mend it')
  .addOption(json)
  .action((options) => doctor(options));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = 1;
  tellFault(error, process.argv.includes('--json'));
}

/** In words for people; with --json as the API would answer, so that a program can go by the code. */
function tellFault(error: unknown, asJson: boolean): void {
  if (error instanceof HouseError) progress(asJson ? toJson(error) : toWords(error));
  else if (error instanceof ConfigError) progress(error.message);
  else if (takenPort(error) !== null) {
    progress(
      `Port ${takenPort(error)} is taken: another program, or Madoguchi itself, runs already. ` +
        'Stop it, or set MADOGUCHI_PORT and MADOGUCHI_SMTP_PORT.',
    );
  } else throw error;
}

const toJson = ({ code, message, facts }: HouseError) => JSON.stringify({ code, message, facts });

function toWords({ code, message, facts }: HouseError): string {
  const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return `${message}${details.length > 0 ? ` (${details.join(', ')})` : ''} [${code}]`;
}

function takenPort(error: unknown): number | null {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return null;
  return 'port' in error && typeof error.port === 'number' ? error.port : 0;
}
