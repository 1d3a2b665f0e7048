/** What a token may do, by GitHub's names with underscores: `{ contents: 'read', pull_requests: 'write' }`. */
export type Permissions = Readonly<Record<string, PermissionLevel>>;
export type PermissionLevel = 'read' | 'write' | 'admin';

const levels: readonly PermissionLevel[] = ['read', 'write', 'admin'];

/** The higher level of each permission that either names, sorted by name. */
export function union(one: Permissions, other: Permissions): Permissions {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(
    names.map((name) => [name, levels[Math.max(rank(one, name), rank(other, name))] ?? 'admin']),
  );
}

/** Permissions of `some` that `others` lack, or have at a lower level: `['contents: write']`. */
export function beyond(some: Permissions, others: Permissions): readonly string[] {
  return Object.keys(some)
    .filter((name) => rank(some, name) > rank(others, name))
    .map((name) => `${name}: ${some[name]}`);
}

/** `contents: read, packages: read` */
export function permissionsText(permissions: Permissions): string {
  return beyond(permissions, {}).toSorted().join(', ');
}

/** A level that a host invents counts as the highest. */
function rank(permissions: Permissions, name: string): number {
  const level = Object.hasOwn(permissions, name) ? permissions[name] : undefined;
  if (level === undefined) return -1;
  return levels.includes(level) ? levels.indexOf(level) : levels.length;
}
