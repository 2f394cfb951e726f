import { type App, type AppRequest, log } from '../../platform/index.ts';

type Writing = () => Promise<void>;

/**
 * What is written down of a request only once its answer has gone, so that the time until the answer tells
 * nothing of it: one after another, in the order in which the answers went. The house waits for it when it closes.
 */
export function writeAfterwards(app: App): (request: AppRequest, writing: Writing) => void {
  const writings = new WeakMap<AppRequest, Writing>();
  let last = Promise.resolve();
  app.addHook('onResponse', async (request) => {
    const writing = writings.get(request);
    if (writing !== undefined) last = last.then(writing).catch((error: unknown) => tell(request, error));
  });
  app.addHook('onClose', () => last);
  return (request, writing) => {
    writings.set(request, writing);
  };
}

function tell({ id }: AppRequest, error: unknown): void {
  const words = error instanceof Error ? error.stack : String(error);
  log.error({ requestId: id, error: words }, 'a refused sign-in was not written down');
}
