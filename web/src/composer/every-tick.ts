/** Ticks from a worker, so that a hidden window keeps its hold; from the page where there are no workers. */
export function everyTick(milliseconds: number, act: () => void): () => void {
  let fallback: ReturnType<typeof setInterval> | undefined;
  const byPage = () => {
    fallback ??= setInterval(act, milliseconds);
  };
  if (typeof Worker === 'undefined') {
    byPage();
    return () => clearInterval(fallback);
  }
  const worker = new Worker(new URL('./tick-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = act;
  worker.onerror = byPage;
  worker.postMessage(milliseconds);
  return () => {
    worker.terminate();
    clearInterval(fallback);
  };
}
