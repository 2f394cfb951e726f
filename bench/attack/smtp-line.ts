import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const ANSWER_WITHIN = 30_000;

/** A line to an SMTP door, typed by hand. */
export interface SmtpLine {
  /** Writes as it is and waits for the end of one answer; "closed" when the line is over. */
  say(text: string | Buffer): Promise<string>;
  /** Writes as it is and waits until it has left, not for an answer; "" then, "closed" when the line is over. */
  write(text: string | Buffer): Promise<string>;
  /** Waits for one more answer; "" when none comes in time. */
  hear(withinMs?: number): Promise<string>;
  /** Goes on within TLS. */
  secure(): Promise<void>;
  end(): void;
}

interface Where {
  port: number;
  from: string;
}

export async function openLine({ port, from }: Where): Promise<SmtpLine> {
  let socket: Socket = connect({ host: '127.0.0.1', port, localAddress: from });
  await once(socket, 'connect');
  let listener = listenTo(socket);
  await listener.hear(ANSWER_WITHIN);
  return {
    async say(text) {
      socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
      return listener.hear(ANSWER_WITHIN);
    },
    write: (text) =>
      new Promise((resolve) => {
        const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
        socket.write(bytes, (error) => resolve(error ? 'closed' : ''));
      }),
    hear: (withinMs = ANSWER_WITHIN) => listener.hear(withinMs),
    async secure() {
      socket.removeAllListeners('data');
      const secured = connectTls({ socket, rejectUnauthorized: false });
      await once(secured, 'secureConnect');
      socket = secured;
      listener = listenTo(secured);
    },
    end: () => socket.destroy(),
  };
}

function listenTo(socket: Socket) {
  const answers: string[] = [];
  let wake: () => void = () => {};
  let rest = '';
  let answer = '';
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      answer += `${answer && '\n'}${line}`;
      if (/^\d{3}-/.test(line)) continue;
      answers.push(answer);
      answer = '';
    }
    wake();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    answers.push('closed');
    wake();
  });
  return {
    async hear(withinMs: number): Promise<string> {
      const end = Date.now() + withinMs;
      while (answers.length === 0 && Date.now() < end) await nextWake(end - Date.now());
      return answers.shift() ?? '';
    },
  };

  function nextWake(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Hands one letter over by hand. @returns the answer after its last dot, or the refusal before it */
export async function handOver(
  where: Where,
  {
    sender = 'mayumi@midori.example',
    to,
    bytes,
  }: { sender?: string; to: readonly string[]; bytes: string | Buffer },
): Promise<string> {
  const line = await openLine(where);
  try {
    await line.say('EHLO midori.example\r\n');
    await line.say(`MAIL FROM:<${sender}>\r\n`);
    for (const address of to) {
      const answer = await line.say(`RCPT TO:<${address}>\r\n`);
      if (!answer.startsWith('250')) return answer;
    }
    const go = await line.say('DATA\r\n');
    if (!go.startsWith('354')) return go;
    return await line.say(Buffer.concat([Buffer.from(bytes), Buffer.from('\r\n.\r\n')]));
  } finally {
    line.end();
  }
}
