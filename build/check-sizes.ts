/** Sizes of files and functions: house rules that one breaks a line at a time. */
import { join } from 'node:path';
import { report } from './report.ts';
import { childrenOf, nodeAt, parse, readSource, type SyntaxNode, sourceFiles, walk } from './syntax.ts';

const FOLDERS = ['contract/src', 'server/src', 'web/src', 'e2e', 'bench', 'build'];
const EXCEPTED = /\.gen\.ts$|^web\/src\/locales\/|\/golden\//;

const FILE_NEEDS_REASON = 400;
const FILE_REFUSED = 600;
const TEST_REFUSED = 500;
const FUNCTION_REFUSED = 60;
/** What the comment at a file's head says when the file is longer than FILE_NEEDS_REASON. */
const REASON = 'Long because:';

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
  'PrivateMethod',
  'MethodProperty',
]);

/** @returns a sentence for each file or function that is too long */
export function checkSizes(root: string): string[] {
  return sourceFiles(root, FOLDERS)
    .filter((file) => !EXCEPTED.test(file))
    .flatMap((file) => {
      const source = readSource(root, file);
      return [...fileFaults(file, source), ...functionFaults(file, source)];
    });
}

function fileFaults(file: string, source: string): string[] {
  const lines = source.split('\n').length - 1;
  const refused = /\.test\.tsx?$/.test(file) ? TEST_REFUSED : FILE_REFUSED;
  if (lines > refused) return [`${file}: ${lines} lines; ${refused} is the end, split it`];
  if (lines <= FILE_NEEDS_REASON || refused === TEST_REFUSED) return [];
  const head = /^\s*(\/\*[\s\S]*?\*\/|(\/\/.*\n)+)/.exec(source)?.[0] ?? '';
  return head.includes(REASON) ? [] : [`${file}: ${lines} lines; its head comment must say "${REASON} ..."`];
}

function functionFaults(file: string, source: string): string[] {
  // A test is a list of steps, and a describe a list of tests: the file's own limit bounds them.
  if (/\.test\.tsx?$/.test(file)) return [];
  const lineOf = lineCounter(source);
  return [...walk(parse(source, file))].flatMap(([node, parents]) => {
    if (!FUNCTIONS.has(node.type) || node.span === undefined) return [];
    const lines = ownLines(node, nameOf(node, parents), lineOf);
    if (lines <= FUNCTION_REFUSED) return [];
    return [
      `${file}:${lineOf(node.span.start)}: ${nameOf(node, parents)} has ${lines} lines; ${FUNCTION_REFUSED} is the end`,
    ];
  });
}

/** A React component or hook counts its own lines: neither the functions in it nor the elements it shows. */
function ownLines(node: SyntaxNode, name: string, lineOf: (at: number) => number): number {
  const { start = 0, end = 0 } = node.span ?? {};
  const all = lineOf(end) - lineOf(start) + 1;
  const shows = [...walk(node)].some(([inner]) => isElement(inner));
  return shows || /^use[A-Z]/.test(name) ? all - linesOfParts(node, lineOf) : all;
}

function linesOfParts(node: SyntaxNode, lineOf: (at: number) => number): number {
  return childrenOf(node).reduce((sum, child) => {
    const isPart = FUNCTIONS.has(child.type) || isElement(child);
    if (!isPart || child.span === undefined) return sum + linesOfParts(child, lineOf);
    return sum + lineOf(child.span.end) - lineOf(child.span.start);
  }, 0);
}

function isElement(node: SyntaxNode): boolean {
  return node.type === 'JSXElement' || node.type === 'JSXFragment';
}

function nameOf(node: SyntaxNode, parents: readonly SyntaxNode[]): string {
  for (const owner of [node, ...parents.toReversed()]) {
    const name = nodeAt(owner, 'identifier') ?? nodeAt(owner, 'key') ?? nodeAt(owner, 'id');
    if (typeof name?.value === 'string') return name.value;
  }
  return 'a function';
}

/** swc counts bytes of UTF-8, from 1. */
function lineCounter(source: string): (at: number) => number {
  const bytes = Buffer.from(source);
  const ends: number[] = [];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at);
  return (at) => {
    const line = ends.findIndex((end) => end >= at - 1);
    return (line < 0 ? ends.length : line) + 1;
  };
}

if (import.meta.main) report('sizes', checkSizes(join(import.meta.dirname, '..')));
