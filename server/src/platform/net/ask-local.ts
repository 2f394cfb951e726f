import { request } from 'node:http';

/**
 * Asks our own server for one address and tells its status; null when nothing answers in time.
 * For commands that look at the house from outside; no name is resolved and nothing leaves this machine.
 */
export function askLocal(address: string, timeoutMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const call = request(address, { timeout: timeoutMs }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(null));
    call.end();
  });
}
