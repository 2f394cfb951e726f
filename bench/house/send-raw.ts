import { createTransport } from 'nodemailer';

export interface RawSender {
  /** @throws Error when there was no 250 */
  send(letter: { from: string; to: string[]; bytes: Buffer }): Promise<void>;
  close(): void;
}

/** Hands whole letters to an SMTP door of this machine, byte by byte as they are. */
export function openRawSender({ port, connections }: { port: number; connections: number }): RawSender {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    pool: true,
    maxConnections: connections,
  });
  return {
    async send({ from, to, bytes }) {
      await transport.sendMail({ envelope: { from, to }, raw: bytes });
    },
    close: () => transport.close(),
  };
}
