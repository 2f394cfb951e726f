/** Ticks also while its page is hidden, where a page's own timers are slowed to one a minute. */
addEventListener('message', (event: MessageEvent<number>) => {
  setInterval(() => postMessage('tick'), event.data);
});
