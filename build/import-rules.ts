/** The house's import rules in the words of dependency-cruiser. */
import type { IRegularForbiddenRuleType } from 'dependency-cruiser';
import { DOORS, MAY_IMPORT, MAY_IMPORT_ALL, MAY_OPEN_SOCKETS, WEB_MAY_IMPORT } from './may-import.ts';

const TESTS = '\\.test\\.tsx?$';
const oneOf = (names: readonly string[]): string => `(${names.join('|')})`;
/** A door named platform/net is the folder or the file of that name. */
const doors = (names: readonly string[]): string => `^server/src/${oneOf(names)}(/|\\.ts$)`;

/** All rules, each with the sentence that is shown when it is broken. */
export function importRules(): IRegularForbiddenRuleType[] {
  return [
    rule('no rings', 'files import each other in a ring', {}, { circular: true }),
    ...serverFolders(),
    ...neighbours(),
    ...workspaces(),
    ...webLayers(),
    ...outside(),
  ];
}

function rule(
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType {
  return { name, comment, severity: 'error', from, to };
}

function serverFolders(): IRegularForbiddenRuleType[] {
  return Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) => {
    const from = `^server/src/${folder}/`;
    const may = [folder, ...allowed];
    const comment = `${folder} may import ${allowed.join(', ') || 'no other folder'}`;
    return [
      rule(
        `${folder} keeps to its list`,
        comment,
        { path: from, pathNot: TESTS },
        { path: '^server/src/', pathNot: `^server/src/${oneOf(may)}/` },
      ),
      rule(
        `tests of ${folder} keep to its list`,
        `${comment}; its tests also testing`,
        { path: `${from}.*${TESTS}` },
        { path: '^server/src/', pathNot: `^server/src/${oneOf([...may, 'testing'])}/` },
      ),
    ];
  });
}

function neighbours(): IRegularForbiddenRuleType[] {
  const putTogether = `^server/src/${oneOf(MAY_IMPORT_ALL)}/`;
  return [
    rule(
      'neighbours by their face',
      'reach a neighbour only through its index.ts (platform has one for each part)',
      { path: '^server/src/([^/]+)/', pathNot: putTogether },
      {
        path: '^server/src/[^/]+/',
        pathNot: [
          '^server/src/$1/',
          '^server/src/([^/]+|platform/[^/]+)/index\\.ts$',
          '^server/src/testing/',
        ],
      },
    ),
  ];
}

function workspaces(): IRegularForbiddenRuleType[] {
  return [
    rule(
      'contract stands alone',
      'contract imports no workspace',
      { path: '^contract/' },
      { path: '^(server|web|bin)/' },
    ),
    rule(
      'web knows no server',
      'web imports contract and never server',
      { path: '^web/' },
      { path: '^(server|bin)/' },
    ),
    rule(
      'server knows no web',
      'server imports contract and never web',
      { path: '^server/' },
      { path: '^web/' },
    ),
    rule(
      'bin is for starting',
      'of bin the server uses the lock alone',
      { path: '^server/' },
      { path: '^bin/', pathNot: '^bin/lock\\.(mjs|d\\.mts)$' },
    ),
  ];
}

function webLayers(): IRegularForbiddenRuleType[] {
  const below = ['ui', 'locales'];
  const named = Object.keys(WEB_MAY_IMPORT);
  const layer = (
    from: IRegularForbiddenRuleType['from'],
    name: string,
    may: readonly string[],
  ): IRegularForbiddenRuleType =>
    rule(`web: ${name} keeps to its layer`, `web/src/${name} may import ${may.join(', ')}`, from, {
      path: '^web/src/',
      pathNot: `^web/src/${oneOf(may)}/`,
    });
  return [
    layer({ path: '^web/src/(ui|locales)/' }, 'ui', below),
    layer({ path: '^web/src/data/' }, 'data', [...below, 'data']),
    ...named.map((name) =>
      layer({ path: `^web/src/${name}/` }, name, [...below, 'data', name, ...(WEB_MAY_IMPORT[name] ?? [])]),
    ),
    layer(
      { path: '^web/src/([^/]+)/', pathNot: `^web/src/${oneOf([...below, 'data', ...named])}/` },
      'a feature',
      [...below, 'data', '$1'],
    ),
  ];
}

function outside(): IRegularForbiddenRuleType[] {
  const sockets = '^(node:)?(net|tls|http|https|http2|dns|dns/promises|dgram|undici)$';
  return [
    ...DOORS.map(({ library, doors: allowed }) =>
      rule(
        `one door for ${library}`,
        `it enters by ${allowed.join(', ')}`,
        { path: '^server/src/', pathNot: [doors(allowed), TESTS, '^server/src/testing/'] },
        { path: `(^|node_modules/)${library}(/|$)` },
      ),
    ),
    rule(
      'sockets',
      `only ${MAY_OPEN_SOCKETS.join(', ')} may open a line`,
      { path: '^server/src/', pathNot: [doors(MAY_OPEN_SOCKETS), TESTS, '^server/src/testing/'] },
      { path: sockets },
    ),
  ];
}
