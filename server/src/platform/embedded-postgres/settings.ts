/** What PostgreSQL is told, and why. */

/** Settings of PostgreSQL by their names, as in postgresql.conf. */
export type Settings = Readonly<Record<string, string>>;

/**
 * Ours for every cluster. Statements and details stay out of the log: they hold what people wrote.
 * JIT costs more than it gives on short statements.
 */
const OURS: Settings = {
  max_connections: '200',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  jit: 'off',
  logging_collector: 'on',
  log_timezone: 'UTC',
  log_filename: 'postgresql-%a.log',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
  log_file_mode: '0600',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** For a cluster of tests, which may be lost with the machine. */
export const FORGETFUL: Settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** The line that an administrator finds at the end of postgresql.conf. */
export const INCLUDE_OURS =
  "\ninclude 'madoguchi.conf'  # rewritten at each start; what you write below this line wins\n";

/** The text of madoguchi.conf. */
export function writeSettings(log: string, settings: Settings): string {
  const all = { ...OURS, log_directory: log, ...settings };
  return Object.entries(all)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('');
}
