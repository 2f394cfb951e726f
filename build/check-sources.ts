/** Rules that a list of imports cannot see: who opens lines, reads the environment, speaks SQL. */
import { join } from 'node:path';
import { MAY_OPEN_SOCKETS } from './may-import.ts';
import { report } from './report.ts';
import { nodeAt, parse, readSource, type SyntaxNode, sourceFiles, walk } from './syntax.ts';

const TEST = /\.test\.tsx?$|^server\/src\/testing\//;
const SQL_CALLS = new Set([
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'replaceInto',
]);
const GLOBAL_LINES = new Set(['fetch', 'WebSocket', 'EventSource']);

interface Rule {
  words: string;
  /** Files in which it is allowed. */
  allowed: (file: string) => boolean;
  breaks: (node: SyntaxNode, parent: SyntaxNode | undefined) => boolean;
}

const RULES: readonly Rule[] = [
  {
    words: `only ${MAY_OPEN_SOCKETS.join(', ')} may open a line`,
    allowed: (file) => MAY_OPEN_SOCKETS.some((door) => isAt(file, `server/src/${door}`)),
    breaks: (node, parent) => isGlobal(node, parent, GLOBAL_LINES) && parent?.type !== 'TsTypeReference',
  },
  {
    words: 'only platform/config reads the environment',
    allowed: (file) => isAt(file, 'server/src/platform/config'),
    breaks: (node) => isMember(node, 'process', 'env') || isImported(node, 'process', 'env'),
  },
  {
    words: 'SQL belongs into store.ts, platform and accounts/visible.ts',
    allowed: (file) =>
      /\/store\.ts$/.test(file) ||
      isAt(file, 'server/src/platform') ||
      file === 'server/src/accounts/visible.ts',
    breaks: (node) => isSqlCall(node) || isImported(node, 'kysely', 'sql'),
  },
];

/** @returns a sentence for each fault in the server's sources; tests may do what they need */
export function checkSources(root: string): string[] {
  return sourceFiles(root, ['server/src'])
    .filter((file) => !TEST.test(file))
    .flatMap((file) => faultsIn(file, readSource(root, file)));
}

function faultsIn(file: string, source: string): string[] {
  const rules = RULES.filter(({ allowed }) => !allowed(file));
  const broken = new Set<string>();
  for (const [node, parents] of walk(parse(source, file))) {
    for (const { breaks, words } of rules) if (breaks(node, parents.at(-1))) broken.add(words);
  }
  return [...broken].map((words) => `${file}: ${words}`);
}

/** A door is a folder or the file of that name. */
function isAt(file: string, door: string): boolean {
  return file === `${door}.ts` || file.startsWith(`${door}/`);
}

function isGlobal(node: SyntaxNode, parent: SyntaxNode | undefined, names: ReadonlySet<string>): boolean {
  if (isNamed(node, names)) {
    return (
      (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') &&
      nodeAt(parent, 'callee') === node
    );
  }
  return [...names].some((name) => isMember(node, 'globalThis', name));
}

function isNamed(node: SyntaxNode | null, names: ReadonlySet<unknown>): boolean {
  return node?.type === 'Identifier' && names.has(node.value);
}

function isMember(node: SyntaxNode, object: string, property: string): boolean {
  if (node.type !== 'MemberExpression') return false;
  return isNamed(nodeAt(node, 'object'), new Set([object])) && nodeAt(node, 'property')?.value === property;
}

function isImported(node: SyntaxNode, library: string, name: string): boolean {
  if (node.type !== 'ImportDeclaration' || !Array.isArray(node.specifiers)) return false;
  if (String(nodeAt(node, 'source')?.value).replace(/^node:/, '') !== library) return false;
  return node.specifiers.some((specifier: SyntaxNode) => {
    const imported = nodeAt(specifier, 'imported') ?? nodeAt(specifier, 'local');
    return imported?.value === name;
  });
}

function isSqlCall(node: SyntaxNode): boolean {
  const callee = node.type === 'CallExpression' ? nodeAt(node, 'callee') : null;
  return callee?.type === 'MemberExpression' && SQL_CALLS.has(String(nodeAt(callee, 'property')?.value));
}

if (import.meta.main) report('sources', checkSources(join(import.meta.dirname, '..')));
