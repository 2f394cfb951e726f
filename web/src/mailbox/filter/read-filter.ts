import { type SavedFilter, type StatusId, statusKinds, type TeamId } from '@madoguchi/contract';

const IDS = /^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,49}$/;
const ID = /^[0-9a-f-]{36}$/;

/** A filter as an address may say it; what it does not know is left out, and an empty one is none. */
export function readFilter(given: unknown): SavedFilter | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const said = given as Record<string, unknown>; // An object; each of its values is looked at.
  const like = (name: string, form: RegExp) => {
    const value = said[name];
    return typeof value === 'string' && form.test(value) ? value : undefined;
  };
  const { waitingOver } = said;
  const filter = {
    mailboxIds: like('mailboxIds', IDS),
    status: kindsIn(said.status),
    assignee: like('assignee', /^(me|none|[0-9a-f-]{36})$/),
    // The server says whether there is such a status and such a team.
    statusId: like('statusId', ID) as StatusId | undefined,
    teamId: like('teamId', ID) as TeamId | undefined,
    team: said.team === 'mine' ? ('mine' as const) : undefined,
    labelsAll: like('labelsAll', IDS),
    labelsAny: like('labelsAny', IDS),
    waitingOver: Number.isInteger(waitingOver) && Number(waitingOver) > 0 ? Number(waitingOver) : undefined,
  };
  return packFilter(filter);
}

function kindsIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const kinds = statusKinds.filter((kind) => value.split(',').includes(kind));
  return kinds.length === 0 ? undefined : kinds.join(',');
}

type Loose = { [Name in keyof SavedFilter]: SavedFilter[Name] | undefined };

/** Without what says nothing; undefined when nothing is left. */
export function packFilter(filter: Loose): SavedFilter | undefined {
  const said = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '');
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** The ids in a list that is written with commas. */
export const idsIn = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean);

/** The list with the id, or without it; undefined when it is empty. */
export function toggleId(text: string | undefined, id: string): string | undefined {
  const ids = idsIn(text);
  const next = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
  return next.length === 0 ? undefined : next.join(',');
}
