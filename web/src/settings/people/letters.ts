import type { HouseLetter, Member } from '@madoguchi/contract';

/** How long a letter that was sent to somebody who is here stays worth a line. */
const NEWS = 24 * 3600_000;

/** What the house wrote to a person and is worth knowing: where his invitation is, or what did not arrive. */
export function newsOf(member: Member, letters: readonly HouseLetter[], now: Date): HouseLetter | undefined {
  const his = letters.filter(({ memberId, state }) => memberId === member.id && state !== 'dropped');
  const newest = his.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  if (member.state === 'invited') return newest[0];
  if (member.state !== 'active') return undefined;
  const isNews = ({ kind, state, createdAt }: HouseLetter) =>
    kind !== 'invitation' &&
    (isLost({ state }) || (kind === 'reset' && now.getTime() - Date.parse(createdAt) < NEWS));
  return newest.find(isNews);
}

/** Somebody must give him the link in another way. */
export const isLost = ({ state }: Pick<HouseLetter, 'state'>): boolean =>
  state === 'refused' || state === 'unknown';
