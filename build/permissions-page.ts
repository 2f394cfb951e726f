import { holes } from '../bench/holes/list.ts';
import { builtInRoles, permissionGroups } from '../contract/src/index.ts';
import { rightsOf } from '../server/src/accounts/role/built-in.ts';
import { columns } from '../server/src/testing/matrix/columns.ts';
import type { Table } from '../server/src/testing/matrix/read-table.ts';
import { lines, requests } from '../server/src/testing/matrix/table.ts';

const SIGNS: Record<string, string> = {
  yes: '●',
  mask: '◐',
  part: '○',
  say: '△',
  no: '·',
  in: '–',
};

/** docs/permissions.md, from the same tables that the test compares the server with. */
export function permissionsPage(): string {
  return `# Who may see and do what

Made by \`node build/make-docs.ts\` from the table that the server is compared with at each \`npm test\` (\`server/src/testing/matrix\`); a route without a row fails.

An actor may do something when his **role** has the named permission, his **level** in the mailbox goes so far (\`read\`: the reading ones; \`work\`: the working ones too; \`manage\`: also the mailbox’s own settings), and his role’s **scope** shows him the conversation (all of his mailboxes; those of his teams and his own; only his own). Not found and not allowed are one answer, and a refused request changes nothing: the test compares the whole database before and after.

## The roles

A workspace’s own roles are made of the same permissions. Nobody gives, takes or edits rights that he does not have himself.

${rolesTable()}

## Every request

${Object.entries({
  yes: 'done, or told',
  mask: 'told, with the customer’s addresses masked',
  part: 'answered, with nothing in it of what he may not see',
  say: 'refused with a reason, nothing changed',
  no: 'as if it did not exist (404), nothing changed',
  in: 'sign in first (401), nothing changed',
})
  .map(([cell, words]) => `- ${SIGNS[cell]} ${words}`)
  .join('\n')}

The columns are people: ${columns.map(({ key, words }) => `**${key}** ${words}`).join('; ')}. A minus says: without the mailbox, or without the conversation.

${matrixTable(requests)}

## Every kind of line on the stream

${matrixTable(lines)}

## Holes made on purpose

\`npm run holes\` makes each of these in a copy of the project and shows that the named test finds it.

| hole | found by |
|---|---|
${holes.map(({ name, test }) => `| ${name} | \`${test.file}\`: ${test.name} |`).join('\n')}
`;
}

function rolesTable(): string {
  const rights = builtInRoles.map(
    (key) => new Set(rightsOf({ key, permissions: [], scope: 'mailboxes' }).permissions),
  );
  const scopes = builtInRoles.map((key) => rightsOf({ key, permissions: [], scope: 'mailboxes' }).scope);
  const rows = Object.entries(permissionGroups).flatMap(([group, names]) =>
    names.map(
      (name) =>
        `| ${group} | \`${name}\` | ${rights.map((may) => (may.has(name) ? '●' : '·')).join(' | ')} |`,
    ),
  );
  return `| | permission | ${builtInRoles.join(' | ')} |
|---|---|${builtInRoles.map(() => '---|').join('')}
${rows.join('\n')}
| | scope | ${scopes.join(' | ')} |`;
}

function matrixTable(table: Table): string {
  const rows = [...table.rows].map(
    ([name, cells]) => `| ${name} | ${cells.map((cell) => SIGNS[cell]).join(' | ')} |`,
  );
  return `| | ${table.columns.join(' | ')} |
|---|${table.columns.map(() => '---|').join('')}
${rows.join('\n')}`;
}
