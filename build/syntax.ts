/** Source files as syntax trees. TypeScript 7 offers no compiler to programs, so swc reads them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** A node of swc's tree: its kind, and fields whose values depend on the kind. */
export interface SyntaxNode {
  type: string;
  span?: { start: number; end: number };
  [field: string]: unknown;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** @throws Error with swc's words when the file is no TypeScript */
export function parse(source: string, file: string): SyntaxNode {
  const tree: unknown = parseSync(source, {
    syntax: 'typescript',
    tsx: file.endsWith('x'),
    target: 'es2024',
  });
  if (!isNode(tree)) throw new Error(`swc gave no tree for ${file}`);
  return tree;
}

/** Every node below `node`, outermost first, with its parents (nearest last). */
export function* walk(
  node: SyntaxNode,
  parents: readonly SyntaxNode[] = [],
): Generator<[SyntaxNode, readonly SyntaxNode[]]> {
  yield [node, parents];
  for (const child of childrenOf(node)) yield* walk(child, [...parents, node]);
}

/** The nodes right below; swc wraps some in plain objects, such as a call's arguments. */
export function childrenOf(value: object): SyntaxNode[] {
  return Object.values(value).flatMap((field: unknown): SyntaxNode[] => {
    if (isNode(field)) return [field];
    return typeof field === 'object' && field !== null ? childrenOf(field) : [];
  });
}

/** A field of a node that is itself a node. */
export function nodeAt(node: SyntaxNode, field: string): SyntaxNode | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

/** An import or a re-export, by the words in its quotes. */
export interface Import {
  source: string;
  /** `import type`: gone before anything runs. */
  typeOnly: boolean;
}

/** What a module imports or exports from elsewhere. */
export function importsOf(tree: SyntaxNode): Import[] {
  return [...walk(tree)].flatMap(([node]) => {
    const source = nodeAt(node, 'source')?.value;
    if (/^(Import|Export\w*)Declaration$/.test(node.type) && typeof source === 'string') {
      return [{ source, typeOnly: node.typeOnly === true }];
    }
    if (node.type !== 'CallExpression' || nodeAt(node, 'callee')?.type !== 'Import') return [];
    const target = childrenOf({ first: node.arguments })[0]?.value;
    return typeof target === 'string' ? [{ source: target, typeOnly: false }] : [];
  });
}

/** All .ts and .tsx files in these folders of `root`, as paths from `root`; none of node_modules and dist. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    const names = listFiles(join(root, folder));
    return names.filter((name) => /\.tsx?$/.test(name)).map((name) => `${folder}/${name}`);
  });
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

export function readSource(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
