export type SignInKind = 'session' | 'token';

/** What an actor carries of how he came: `session:<id>` or `token:<id>`. */
export function makeSignInId(kind: SignInKind, id: string): string {
  return `${kind}:${id}`;
}

/** @throws Error when it was not made by makeSignInId; that is our bug */
export function readSignInId(text: string): { kind: SignInKind; id: string } {
  const [kind, id] = text.split(':');
  if ((kind !== 'session' && kind !== 'token') || !id) throw new Error(`${kind} is no kind of sign-in`);
  return { kind, id };
}

/** Whether somebody came with an API token: then a program asks, not a person at the page. */
export function isByToken({ sessionOrTokenId }: { sessionOrTokenId: string | null }): boolean {
  return sessionOrTokenId !== null && readSignInId(sessionOrTokenId).kind === 'token';
}
