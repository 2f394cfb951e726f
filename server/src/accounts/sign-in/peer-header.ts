/** Set by us on each request that we hand over; what a client sent under this name is dropped. */
export const PEER_HEADER = 'x-madoguchi-peer';
