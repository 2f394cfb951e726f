/** The work, or an error when somebody presses Ctrl-C: then, too, whatever was started has to be ended. */
export function orInterrupted<T>(work: Promise<T>): Promise<T> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => reject(new Error(`ended by ${signal}`)));
    }
  });
  return Promise.race([work, interrupted]);
}
