import { request } from 'node:http';

/** The live stream of somebody's page. */
export interface LiveStream {
  status: number;
  /** All that it said so far. */
  heard(): string;
  /** How long after the call it was ended, in ms; null when it still stood then. */
  endsWithin(ms: number): Promise<number | null>;
  close(): void;
}

export function openStream({
  url,
  cookie,
  from,
}: {
  url: string;
  cookie: string;
  from: string;
}): Promise<LiveStream> {
  return new Promise((resolve, reject) => {
    const headers = { cookie };
    const call = request(`${url}/api/v1/stream`, { headers, agent: false, localAddress: from }, (answer) => {
      let heard = '';
      let isOver = false;
      let wake: () => void = () => {};
      answer.on('data', (chunk) => {
        heard += String(chunk);
      });
      answer.on('error', () => {});
      answer.on('close', () => {
        isOver = true;
        wake();
      });
      resolve({
        status: answer.statusCode ?? 0,
        heard: () => heard,
        close: () => call.destroy(),
        async endsWithin(ms) {
          const began = Date.now();
          if (!isOver) {
            await new Promise<void>((done) => {
              const timer = setTimeout(done, ms);
              wake = () => {
                clearTimeout(timer);
                done();
              };
            });
          }
          return isOver ? Date.now() - began : null;
        },
      });
    });
    call.on('error', reject);
    call.end();
  });
}
