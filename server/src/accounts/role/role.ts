import { type BuiltInRole, builtInRoles, type Role, type RoleFacts } from '@madoguchi/contract';

/** The words by which the screens call the built-in roles: an own role of that name would be mistaken for it. */
const BUILT_IN_NAMES: Record<BuiltInRole, readonly string[]> = {
  administrator: ['管理者', 'Administrator'],
  manager: ['マネージャー', 'Manager'],
  member: ['メンバー', 'Member'],
  trainee: ['研修中', '研修生', 'Trainee'],
  reader: ['閲覧のみ', '閲覧者', 'Reader', 'Read only'],
  guest: ['ゲスト', 'Guest'],
};

const OWN = 'own:';

/** Two names that a person would read as one have one key. */
const plainName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const TAKEN: ReadonlySet<string> = new Set(Object.values(BUILT_IN_NAMES).flat().map(plainName));

export const isBuiltIn = (key: string): key is BuiltInRole => builtInRoles.some((name) => name === key);

/** @returns null when the name is a built-in role's, or says nothing */
export function ownKey(name: string): string | null {
  const plain = plainName(name);
  return plain === '' || TAKEN.has(plain) ? null : `${OWN}${plain}`;
}

/** The role as an event keeps it: what it allows, and under which conditions. */
export function roleFactsOf({ name, permissions, scope, secondFactor, networks }: RoleFacts): RoleFacts {
  return { name, permissions: [...permissions].sort(), scope, secondFactor, networks };
}

export const allowsTheSame = (
  a: Pick<Role, 'permissions' | 'scope'>,
  b: Pick<Role, 'permissions' | 'scope'>,
): boolean =>
  a.scope === b.scope && a.permissions.toSorted().join() === [...new Set(b.permissions)].sort().join();
