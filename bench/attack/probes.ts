import { addressProbes } from './address-probes.ts';
import { cookieProbes } from './cookie-probes.ts';
import { csrfProbes } from './csrf-probes.ts';
import { factorProbes } from './factor-probes.ts';
import { fileProbes } from './file-probes.ts';
import { foreignProbes } from './foreign-probes.ts';
import { leavingProbes } from './leaving-probes.ts';
import { limitProbes } from './limit-probes.ts';
import { logProbes } from './log-probes.ts';
import { mailProbes } from './mail-probes.ts';
import { maskProbes } from './mask-probes.ts';
import { pageProbes } from './page-probes.ts';
import type { Probe } from './probe.ts';
import { requestProbes } from './request-probes.ts';
import { roleProbes } from './role-probes.ts';
import { smtpCommandProbes } from './smtp-command-probes.ts';
import { smtpLimitProbes } from './smtp-limit-probes.ts';
import { smtpRelayProbes } from './smtp-relay-probes.ts';
import { smtpSmuggleProbes } from './smtp-smuggle-probes.ts';

/** All of them, in the order in which they run: what fills counters or logs comes last. */
export const allProbes: readonly Probe[] = [
  ...pageProbes,
  ...cookieProbes,
  ...csrfProbes,
  ...requestProbes,
  ...fileProbes,
  ...addressProbes,
  ...foreignProbes,
  ...roleProbes,
  ...maskProbes,
  ...leavingProbes,
  ...factorProbes,
  ...mailProbes,
  ...smtpRelayProbes,
  ...smtpSmuggleProbes,
  ...smtpCommandProbes,
  ...smtpLimitProbes,
  ...limitProbes,
  ...logProbes,
];
