/**
 * platform/net: the only way to the outside for everyone but channels.
 *
 * In:     a name that a person typed, an address that a letter names
 * Out:    an address that may be reached, bytes from there
 * Owns:   nothing
 * Never:  lets a name lead into this machine or this company unless the settings say so
 */
export { askLocal } from './ask-local.ts';
export { type Fetched, type FetchLimits, fetchBytes } from './fetch-bytes.ts';
export { isInNetworks, plainAddress, plainNetwork } from './networks.ts';
export { type HostAddress, resolveHost } from './resolve-host.ts';
