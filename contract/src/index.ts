/**
 * contract: what crosses the wire, and nothing else. Moments are ISO 8601 strings here.
 */
export * from './bulk.ts';
export * from './channel.ts';
export * from './compose.ts';
export * from './conversation.ts';
export * from './customer.ts';
export * from './demo.ts';
export * from './errors.ts';
export * from './house-letter.ts';
export * from './ids.ts';
export * from './label.ts';
export * from './live.ts';
export * from './mailbox.ts';
export * from './member.ts';
export * from './message.ts';
export * from './outgoing.ts';
export * from './permission.ts';
export * from './role.ts';
export * from './setup.ts';
export * from './sign-in.ts';
export * from './status.ts';
export * from './view.ts';
export * from './wire.ts';
