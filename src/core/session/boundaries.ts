/** A place at which it is known who signs in: a host, a path on it. */
export interface Point<Winner> {
  /** Host first, then segments, as they are compared. */
  readonly path: readonly string[];
  /** Null: nobody. */
  readonly winner: Winner | null;
}

/** A point at which something must be written, and the one above it that it differs from. */
export interface Boundary<P> {
  readonly point: P;
  readonly above: Boundary<P> | null;
}

/**
 * The points at which the winner is another one than at the nearest point above, from the top down. What is written
 * at these serves every address as the winner of its nearest point says; nobody above all of them counts as nobody.
 */
export function boundaries<P extends Point<unknown>>(points: readonly P[]): readonly Boundary<P>[] {
  const kept = new Map<string, Boundary<P>>();
  for (const point of points.toSorted((a, b) => a.path.length - b.path.length)) {
    const above = nearest(kept, point.path);
    if ((above?.point.winner ?? null) !== point.winner) kept.set(pathKey(point.path), { point, above });
  }
  return [...kept.values()];
}

/** The entry of the longest proper beginning of a path, null when there is none. */
export function nearest<T>(entries: ReadonlyMap<string, T>, path: readonly string[]): T | null {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const found = entries.get(pathKey(path.slice(0, length)));
    if (found !== undefined) return found;
  }
  return null;
}

/** Segments hold no line break, so paths have one key each. */
export function pathKey(path: readonly string[]): string {
  return path.join('\n');
}
