import pino from 'pino';

/**
 * One line of JSON an entry, to standard error: facts alone go to standard output. Never a letter's
 * content, an address or a secret; ids are enough to find them.
 */
export const log = pino(
  {
    base: { process: process.pid },
    redact: { paths: ['*.password', '*.accessToken', '*.authorization', '*.cookie'], censor: '[hidden]' },
  },
  pino.destination({ dest: 2, sync: false }),
);
