import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A conversation by lines with a server, as a program would type it. */
export interface Talk {
  /** Writes bytes as they are and waits for the last line of the answer ("250 ok", not "250-..."). */
  say(text: string | Buffer): Promise<string>;
  /** Waits for the next answer without saying anything. */
  hear(): Promise<string>;
  end(): void;
}

export async function talkTo(port: number): Promise<Talk> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const hear = answersOf(socket);
  await hear();
  return {
    hear,
    async say(text) {
      socket.write(text);
      return hear();
    },
    end: () => socket.destroy(),
  };
}

function answersOf(socket: Socket): () => Promise<string> {
  const answers: string[] = [];
  const waiting: ((answer: string) => void)[] = [];
  let rest = '';
  const give = (answer: string) => {
    const next = waiting.shift();
    if (next === undefined) answers.push(answer);
    else next(answer);
  };
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((text) => !/^\d{3}-/.test(text))) give(line);
  });
  socket.on('close', () => give('closed'));
  socket.on('error', () => {});
  return async () => answers.shift() ?? new Promise((resolve) => waiting.push(resolve));
}

export interface ScriptedServer {
  port: number;
  /** Every line that clients wrote, the letters' bodies too. */
  heard: string[];
  close(): Promise<void>;
}

/** Answers the line `heard`; "" answers nothing, null cuts the line. */
export type Script = (heard: string, isInBody: boolean) => string | null;

/** An SMTP server that does exactly what a test says. A body ends with the line "."; `isInBody` is true for it. */
export async function scriptedServer(greeting: string, script: Script): Promise<ScriptedServer> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest = '';
    let isInBody = false;
    socket.on('error', () => {});
    if (greeting !== '') socket.write(`${greeting}\r\n`);
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        if (isInBody && line !== '.') {
          if (script(line, true) === null) socket.destroy();
          continue;
        }
        const answer = script(line, isInBody);
        isInBody = answer?.startsWith('354') ?? false;
        if (answer === null) socket.destroy();
        else if (answer !== '') socket.write(`${answer}\r\n`);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    heard,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
