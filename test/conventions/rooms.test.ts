import { describe, expect, test } from 'vitest';
import { code, imports, sources } from './sources.ts';

type Room = keyof typeof mayImport;

/** Imports run one way: doors -> app -> {providers, registries, stores, ci, report, system} -> core. */
const mayImport = {
  doors: ['doors', 'app', 'providers', 'registries', 'stores', 'ci', 'report', 'system', 'core'],
  app: ['app', 'providers', 'registries', 'stores', 'ci', 'report', 'system', 'core'],
  demo: ['demo', 'core'],
  providers: ['providers', 'core'],
  registries: ['registries', 'core'],
  stores: ['stores', 'core'],
  ci: ['ci', 'core'],
  report: ['report', 'core'],
  system: ['system', 'core'],
  core: ['core'],
} as const satisfies Record<string, readonly string[]>;

/** Packages a room may use besides `node:` modules; everything else is carried by another room. */
const packages: Record<Room, readonly RegExp[]> = {
  doors: [/^@actions\//],
  app: [],
  demo: [/^@octokit\/openapi-types$/],
  providers: [/^@octokit\//],
  registries: [],
  stores: [/^@noble\//],
  ci: [/^@actions\//],
  report: [],
  system: [],
  core: [/^yaml$/, /^valibot$/, /^@valibot\/to-json-schema$/],
};

/** What core may take from Node: nothing that reads, writes, waits or differs between two runs. */
const pureModules = ['node:buffer', 'node:crypto', 'node:net', 'node:path/posix', 'node:url', 'node:util'];

const effects = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\brandom(?:Bytes|UUID|Int|FillSync)\b/,
  /\bfetch\(/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bconsole\./,
  /\bperformance\./,
  /\b(?:createServer|createConnection|connect)\(/,
];

const usesProcess = /\bprocess\.\w|\bprocess\[|=\s*process\b|'node:process'/;

/** A door's verbs are part of the door. */
function room(path: string): Room {
  const [, folder, ...rest] = path.split('/');
  return rest.length === 0 || folder === 'cli' || folder === 'action' ? 'doors' : (folder as Room);
}

const neighbours = new Map(sources().map((path) => [path, imports(path)]));

describe('rooms', () => {
  test('every folder of src is a room', () => {
    expect([...new Set(sources().map(room))].filter((name) => !(name in mayImport))).toEqual([]);
  });

  test('imports run one way', () => {
    const wrong = sources().flatMap((path) =>
      imports(path)
        .filter((target) => target.startsWith('src/') && !isAllowed(path, target))
        .map((target) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('no file needs another that needs it', () => {
    expect(sources().filter(needsItself)).toEqual([]);
  });

  test('every package has its rooms', () => {
    const wrong = sources().flatMap((path) =>
      imports(path)
        .filter((target) => !target.startsWith('src/') && !target.startsWith('node:'))
        .filter((target) => !packages[room(path)].some((pattern) => pattern.test(target)))
        .map((target) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('core is pure', () => {
    const wrong = sources()
      .filter((path) => room(path) === 'core')
      .flatMap((path) =>
        [
          ...imports(path).filter((target) => target.startsWith('node:') && !pureModules.includes(target)),
          ...effects.flatMap((effect) => code(path).match(effect) ?? []),
        ].map((found) => `${path}: ${found}`),
      );
    expect(wrong).toEqual([]);
  });

  test('process is read at the doors only, and by the demo, which plays the hosts', () => {
    const wrong = sources()
      .filter((path) => !['doors', 'demo'].includes(room(path)))
      .filter((path) => usesProcess.test(code(path)));
    expect(wrong).toEqual([]);
  });
});

/** The embedded forge and registry enter by one use case only, so that no other door carries them. */
function isAllowed(path: string, target: string): boolean {
  if (room(target) === 'demo') return room(path) === 'demo' || /^src\/app\/demo(?:\.ts|\/|-)/.test(path);
  return (mayImport[room(path)] as readonly string[]).includes(room(target));
}

/** Whether a file is among those that it imports, and that these import. */
function needsItself(path: string): boolean {
  const needed = new Set<string>();
  const waiting = [path];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const found = (neighbours.get(next) ?? []).filter((target) => !needed.has(target));
    for (const target of found) needed.add(target);
    waiting.push(...found);
  }
  return needed.has(path);
}
