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

${MASKS}
## Holes made on purpose

\`npm run holes\` makes each of these in a copy of the project and shows that the named test finds it.

| hole | found by |
|---|---|
${holes.map(({ name, test }) => `| ${name} | \`${test.file}\`: ${test.name} |`).join('\n')}
`;
}

const MASKS = `## What a mask holds

Who lacks \`customer.see_addresses\` reads \`may***@mid***\` and \`***5678\` wherever an address or a telephone number of a customer stands: in every answer, at the edge, behind all routes. \`server/src/testing/matrix/spellings.test.ts\` writes letters with an address and a number in many spellings (full-width, \`[at]\`, \`%40\`, entities, zero-width signs, divided by blanks or mark-up) and reads every GET route.

- **A guess tells nothing.** A mark holds what it shows and nothing to compare with. Only what is sent back (a proposal, another’s draft) carries six signs more, made with a key of the server for that one letter or draft. What somebody typed himself, in a note or a draft, he is shown as he typed it; what it stands for is kept beside it. A search finds only what stands in the masked words.
- **Files.** Text of any kind, tables, pages, letters, archives and files that do not say what they are cannot be fetched (\`conversation.part_withheld\`), and the page says why; nor can originals. Pictures, sound, film, PDF and office documents can: they are what people work on, and no mask reaches into them. A role that must not see these either goes without \`file.download\`.
- **Numbers.** Japanese ones of 10 digits (11 with 050 to 090 and 0800) as people divide them, mobile ones in one run, international ones, and whatever is called a telephone number. Ten digits in one run, and whatever is called an order’s or a parcel’s number, stay: they are numbers that people work with.

Known and left so:

- Who may **send** can send a letter to himself, or to a guess, and see what becomes of it. Each such letter stands in the history under his name. Where masks must hold against intent, the role does not send (trainee, guest).
- Who may change **addresses of mailboxes**, or add **people**, decides what is ours and so is not hidden. Give these rights together with \`customer.see_addresses\`.
- Base64, a reversed order, words for digits (〇九〇) and pictures of text are not read.
- A customer’s **name** is shown, unless it is an address or a number itself.
`;

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
