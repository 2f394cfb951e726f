/** The names in the place of a cluster. */

/** PostgreSQL's own folder, there only when it is whole. */
export const CLUSTER = 'cluster';
/** What PostgreSQL says, a file for each day of the week. */
export const LOG = 'log';
