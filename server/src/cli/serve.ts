import { setTimeout as sleep } from 'node:timers/promises';
import { type House, serve } from '../main.ts';
import { readConfig } from '../platform/index.ts';

const FORCE_AFTER = 15_000;

/** `madoguchi serve`: runs until SIGINT or SIGTERM, then drains; a second signal ends at once. */
export async function runServer(demo: boolean): Promise<void> {
  const config = readConfig(undefined, demo);
  const house = await serve(config, (line) => process.stderr.write(`  ${line}\n`));
  announce(house, demo);
  await signal();
  process.stderr.write('\n  終了しています… / stopping…\n');
  // Whoever presses Ctrl-C again means it. A second SIGTERM does not: npm, and the start that outlives it,
  // each send one, and leaving at once would leave PostgreSQL behind.
  process.on('SIGTERM', () => {});
  process.once('SIGINT', () => process.exit(130));
  await Promise.race([house.stop(), sleep(FORCE_AFTER, undefined, { ref: false })]);
  process.exit(0);
}

function announce({ url, setupCode }: House, demo: boolean): void {
  const lines = [
    '',
    '  窓口 Madoguchi',
    `  開く / open:  ${url}${setupCode === null ? '' : '/setup'}`,
    ...(setupCode === null ? [] : [`  コード / one-time code:  ${setupCode}`]),
    ...(demo ? [`  お客さま役 / play the customer:  ${url}/customer`] : []),
    '  終了 / stop:  Ctrl-C',
    '',
    '  ready',
    '',
  ];
  process.stdout.write(lines.join('\n'));
}

function signal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
