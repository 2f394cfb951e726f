import { openRawSender } from '../house/send-raw.ts';
import type { Delivered } from './compare.ts';
import type { Letter } from './letters.ts';

const CONNECTIONS = 4;

/** Hands letters to our own door, in their order but for four at once. @throws Error naming one that was refused */
export async function sendAll(port: number, letters: readonly Letter[]): Promise<Delivered[]> {
  const sender = openRawSender({ port, connections: CONNECTIONS });
  const left = [...letters].reverse();
  const walk = async () => {
    for (let letter = left.pop(); letter !== undefined; letter = left.pop()) {
      const { from, to } = letter.envelope;
      await sender.send({ from, to: [to], bytes: letter.bytes }).catch((error: unknown) => {
        throw new Error(`${letter?.name} was not taken: ${String(error)}`);
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, walk));
  } finally {
    sender.close();
  }
  return letters.map((letter) => ({ letter, place: null }));
}
