/**
 * Loaded into the server before its own code: when whoever started it is gone (kill -9), it ends as
 * if told to, instead of staying behind with the port.
 */
if (process.env.MADOGUCHI_ENDS_WITH_PARENT === '1') {
  // Its own children inherit --import, and have a parent who looks after them.
  delete process.env.MADOGUCHI_ENDS_WITH_PARENT;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}
