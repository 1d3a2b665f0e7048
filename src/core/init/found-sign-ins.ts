import { isPlainMap, type PlainMap } from '../manifest/edit/plain.ts';
import type { Finding } from './finding.ts';
import type { Own } from './own-repository.ts';

/** An entry for `credentials`, and the files that it is from. */
export interface SignIn {
  readonly entry: PlainMap;
  readonly from: readonly string[];
}

/** One entry for each way to sign in, each with a name. */
export function signInsOf(findings: readonly Finding[], own: Own | null): readonly SignIn[] {
  return named(merged(findings, own));
}

function merged(findings: readonly Finding[], own: Own | null): readonly SignIn[] {
  const byText = new Map<string, SignIn>();
  for (const one of findings) {
    if (one.kind !== 'sign-in') continue;
    const placed = 'url' in one.entry || 'organization' in one.entry || 'registry' in one.entry;
    const { provider = '', ...rest } = one.entry;
    const entry = placed || own?.provider !== provider ? one.entry : { provider, url: own.url, ...rest };
    const { app, ...others } = entry;
    const key = JSON.stringify(isPlainMap(app) ? { ...others, app: withoutPermissions(app) } : entry);
    const before = byText.get(key);
    const from = [...new Set([...(before?.from ?? []), one.file])];
    byText.set(key, { entry: before === undefined ? entry : withPermissions(before.entry, entry), from });
  }
  return [...byText.values()];
}

function withoutPermissions({ permissions: _, ...app }: PlainMap): PlainMap {
  return app;
}

/** One App in several steps: what any of them asks for, since two Apps for one base URL are refused. */
function withPermissions(entry: PlainMap, other: PlainMap): PlainMap {
  if (!isPlainMap(entry.app) || !isPlainMap(other.app)) return entry;
  const [one, two] = [entry.app, other.app].map(({ permissions }) =>
    isPlainMap(permissions) ? permissions : {},
  ) as [PlainMap, PlainMap];
  const all = [...new Set([...Object.keys(one), ...Object.keys(two)])].toSorted().map((name) => {
    const levels = [one[name], two[name]];
    return [name, ['admin', 'write', 'read'].find((level) => levels.includes(level)) ?? 'read'] as const;
  });
  if (all.length === 0) return entry;
  return { ...entry, app: { ...entry.app, permissions: Object.fromEntries(all) } };
}

function named(signIns: readonly SignIn[]): readonly SignIn[] {
  const taken = new Set<string>();
  return signIns.map(({ entry, from }) => {
    const base = nameFor(entry);
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
    taken.add(name);
    return { entry: { name, ...entry }, from };
  });
}

function nameFor(entry: PlainMap): string {
  const place = String(entry.organization ?? entry.registry ?? entry.url ?? entry.provider)
    .replace(/^https?:\/\/[^/]*\//, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^[^A-Za-z]+|-+$/g, '');
  return `${place || 'credential'}${'app' in entry ? '-app' : ''}`.slice(0, 60);
}
