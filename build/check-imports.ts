/** Who imports whom, held against the lists of may-import.ts. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { importRules } from './import-rules.ts';
import { MAY_IMPORT, MAY_IMPORT_ALL } from './may-import.ts';
import { report } from './report.ts';
import { type Import, importsOf, parse, readSource, sourceFiles } from './syntax.ts';

const WORKSPACES = ['contract', 'server', 'web'];
const SOURCES = WORKSPACES.map((workspace) => `${workspace}/src`);

/**
 * @param root the project's folder
 * @returns a sentence for each fault
 * @throws Error when the tool read fewer modules than there are files: it would be green on nothing
 */
export async function checkImports(root: string): Promise<string[]> {
  const files = sourceFiles(root, SOURCES);
  const skeleton = mkdtempSync(join(tmpdir(), 'madoguchi-imports-'));
  try {
    writeSkeleton(root, skeleton, files);
    return [...unknownFolders(files), ...(await cruiseThrough(skeleton, files))];
  } finally {
    rmSync(skeleton, { recursive: true });
  }
}

/**
 * The tool's own reading of TypeScript stumbles over JSX when only swc is there, so it is given the
 * same tree with nothing but the imports left in each file.
 */
function writeSkeleton(root: string, skeleton: string, files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(skeleton, file)), { recursive: true });
    const imports = importsOf(parse(readSource(root, file), file)).filter(counts);
    const lines = imports.map(({ source }) => `import ${JSON.stringify(source)};\n`);
    writeFileSync(join(skeleton, file), lines.join(''));
  }
  for (const linked of [
    'node_modules',
    'bin',
    ...WORKSPACES.map((workspace) => `${workspace}/node_modules`),
  ]) {
    const target = join(root, linked);
    if (existsSync(target) && existsSync(dirname(join(skeleton, linked))))
      symlinkSync(target, join(skeleton, linked));
  }
}

/** A type of an outside library or of Node brings nothing in; one of ours still says who knows whom. */
function counts({ source, typeOnly }: Import): boolean {
  return !typeOnly || /^(\.|@madoguchi\/)/.test(source);
}

async function cruiseThrough(skeleton: string, files: readonly string[]): Promise<string[]> {
  const rules = importRules();
  const folders = SOURCES.filter((folder) => existsSync(join(skeleton, folder)));
  const { output } = await cruise(
    folders,
    {
      baseDir: skeleton,
      parser: 'swc',
      doNotFollow: { path: '(node_modules|^bin)/' },
      validate: true,
      ruleSet: { forbidden: rules },
      // A link that is followed leads out of the skeleton, and out of the rules' paths.
      preserveSymlinks: true,
    },
    {
      alias: Object.fromEntries(
        WORKSPACES.map((name) => [`@madoguchi/${name}`, join(skeleton, name, 'src/index.ts')]),
      ),
    },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text instead of its findings');
  const read = new Set(output.modules.map(({ source }) => source));
  const unread = files.filter((file) => !read.has(file));
  if (unread.length > 0) throw new Error(`dependency-cruiser did not read ${unread.join(', ')}`);
  const why = new Map(rules.map(({ name, comment }) => [name, comment]));
  return output.summary.violations.map(
    ({ rule, from, to }) => `${from} > ${to}: ${rule.name} (${why.get(rule.name)})`,
  );
}

/** A folder on no list is rather a mistake than free to do as it likes. */
function unknownFolders(files: readonly string[]): string[] {
  const known = new Set([...Object.keys(MAY_IMPORT), ...MAY_IMPORT_ALL].map((name) => `server/src/${name}`));
  const used = new Set(files.flatMap((file) => /^server\/src\/[^/]+(?=\/)/.exec(file) ?? []));
  return [...used]
    .filter((folder) => !known.has(folder))
    .map((folder) => `${folder}: not in build/may-import.ts`);
}

if (import.meta.main) report('imports', await checkImports(join(import.meta.dirname, '..')));
