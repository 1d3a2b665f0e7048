import { type Problem, problemAt } from '../failure.ts';
import type { Fault } from '../fault.ts';
import { app, credentialKeys } from './credential-keys.ts';
import type { Place } from './manifest.ts';
import { type Path, type Position, pathText, positionOf, type Tree } from './tree.ts';

/** One manifest while it is read: where its values stand, and what was found wrong with them. */
export interface Reading {
  readonly tree: Tree;
  /** Its name for people; null when it is the only one. */
  readonly source: string | null;
  readonly problems: Problem[];
}

/** Keys that messages may show: others might be secrets in the wrong place (security rule 26). */
const printable = new Set([
  ...['version', 'credentials', 'repositories', 'registries', 'url', 'revision', 'credential', 'env', 'file'],
  ...Object.keys(credentialKeys),
  ...Object.keys(app.entries),
]);

/** Where in which manifest something is built. */
export interface Spot {
  readonly reading: Reading;
  readonly path: Path;
}

export function placeOf({ tree, source }: Reading, path: Path): Place {
  return { path: shownPath(path), source, ...positionOf(tree, path) };
}

/** More of them help nobody, and each is compared with those before. */
const mostProblems = 1000;

/** Faults of the document that leave nothing of a value: what is wrong with nothing is of no interest. */
const asNothing = new Set(['value-empty', 'yaml-tag-resolve-failed', 'yaml-bad-alias', 'yaml-colon-space']);

/** Adds a finding, unless the value is already known to be missing. */
export function report(reading: Reading, path: Path, fault: Fault, at?: Position): void {
  if (reading.problems.length >= mostProblems) return;
  const place = { ...placeOf(reading, path), ...at };
  const isTold = reading.problems.some(({ code, path }) => asNothing.has(code) && path === place.path);
  if (!isTold) reading.problems.push(problemAt(place, fault));
}

/** A path up to the first key that is not known to be harmless. */
export function shownPath(path: Path): string {
  const end = path.findIndex((step) => typeof step === 'string' && !printable.has(step));
  return pathText(end === -1 ? path : path.slice(0, end));
}

/** As people read: manifest by manifest, line by line. */
export function inReadingOrder(
  sources: readonly { readonly name: string }[],
  problems: readonly Problem[],
): readonly Problem[] {
  const order = ({ source }: Problem) => sources.findIndex(({ name }) => name === source);
  return problems.toSorted(
    (a, b) => order(a) - order(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}
