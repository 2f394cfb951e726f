import { keepStream, type LiveNews } from './live-stream.ts';

/**
 * One stream for all windows of this browser: HTTP/1.1 allows six connections to a server, and six open
 * windows would use them up. The worker lives as long as a window does.
 */
interface Port {
  postMessage(news: LiveNews): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

const ports = new Set<Port>();
let open = false;
let end: (() => void) | undefined;

function tellAll(news: LiveNews): void {
  if (news.type === 'state') open = news.open;
  for (const port of ports) port.postMessage(news);
}

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port === undefined) return;
  ports.add(port);
  port.onmessage = () => leave(port);
  port.postMessage({ type: 'state', open } satisfies LiveNews);
  end ??= keepStream('/api/v1/stream', tellAll);
});

/** Without a window that shows anything there is nobody to ask as; the next one begins anew. */
function leave(port: Port): void {
  ports.delete(port);
  if (ports.size > 0) return;
  end?.();
  end = undefined;
  open = false;
}
