import * as v from 'valibot';
import type { Fault } from '../fault.ts';
import { prose } from '../prose.ts';
import { app, credentialKeys } from './credential-keys.ts';
import {
  manifestShape,
  type RawCredential,
  type RawManifest,
  type RawRegistry,
  type RawRepository,
} from './definitions.ts';
import { type Reading, report, shownPath } from './reading.ts';
import { type Path, plainValue, positionOfKey } from './tree.ts';
import { type UnknownKey, unknownKeys } from './unknown-keys.ts';
import { isWordingCode, wording } from './wording.ts';

/** What of a document has the shape: the entries of its lists, in their places. */
export interface Shaped {
  readonly credentials: readonly Entry<RawCredential>[];
  readonly repositories: readonly Entry<RawRepository>[];
  readonly registries: readonly Entry<RawRegistry>[];
}

/** An entry whose values have the shape; those that do not are undefined, and `whole` is false. */
export interface Entry<Raw> {
  readonly raw: Raw;
  readonly path: Path;
  readonly whole: boolean;
}

interface Finding {
  readonly issue: v.BaseIssue<unknown>;
  readonly path: Path;
}

/** Checks the shape of a document and reports everything wrong with it, in our own words (security rule 26). */
export function checkShape(reading: Reading): Shaped {
  const value = plainValue(reading.tree);
  const unknown = unknownKeys(manifestShape, value);
  const result = v.safeParse(manifestShape, value, { abortPipeEarly: true });
  // The validator names only the first unknown key of a mapping: unknownKeys names them all.
  const findings = (result.issues ?? [])
    .flatMap((issue) => innermost(issue, []))
    .filter(({ issue }) => !(isAboutKey(issue) && issue.expected === 'never'));
  for (const key of unknown) reportUnknownKey(reading, key);
  for (const finding of findings) reportFinding(reading, finding, unknown);
  const broken = [...unknown.map(({ parent }) => parent), ...findings.map(({ path }) => path)];
  return shaped(result.output as Partial<RawManifest>, broken);
}

/** Of a value that may have several forms, what is wrong with the form that was meant. */
function innermost(issue: v.BaseIssue<unknown>, above: Path): Finding[] {
  const path = [...above, ...(issue.path ?? []).map(({ key }) => key as string | number)];
  const inside = issue.message === 'reference-invalid' ? [] : (issue.issues ?? []);
  const meant = inside.filter((each) => each.path !== undefined || isOfKind(each, issue.input));
  return meant.length === 0 ? [{ issue, path }] : meant.flatMap((each) => innermost(each, path));
}

function isOfKind({ type }: v.BaseIssue<unknown>, input: unknown): boolean {
  return typeof input === 'string' && type !== 'array' && type !== 'strict_object';
}

function reportFinding(reading: Reading, { issue, path }: Finding, unknown: readonly UnknownKey[]): void {
  const missing = isAboutKey(issue) ? String(path.at(-1)) : null;
  const here = missing === null ? path : path.slice(0, -1);
  const mistyped = unknown.filter(({ parent }) => shownPath(parent) === shownPath(here));
  if (missing !== null) {
    if (!mistyped.some(({ meant }) => meant === missing)) report(reading, here, keyMissing(missing));
  } else if (issue.message !== 'reference-invalid' || mistyped.length === 0) {
    report(reading, here, isWordingCode(issue.message) ? wording(issue.message) : unfit);
  }
}

/** Whether a key is missing or unknown, rather than its value wrong. */
function isAboutKey(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === 'strict_object' && issue.path?.at(-1)?.origin === 'key';
}

/** Security rule 26: a key is shown only when it is, or is nearly, one that we know. */
function reportUnknownKey(reading: Reading, { parent, key, meant }: UnknownKey): void {
  const fault = meant === null ? (placed(key) ?? keyUnknown) : keyMistyped(key, meant);
  report(reading, parent, fault, positionOfKey(reading.tree, parent, key));
}

function placed(key: string): Fault | null {
  const owner = Object.hasOwn(app.entries, key)
    ? '`app`'
    : Object.hasOwn(credentialKeys, key)
      ? 'a credential'
      : null;
  if (owner === null) return null;
  return {
    code: 'key-misplaced',
    message: `\`${key}\` has no meaning here.`,
    hint: `It is a key of ${owner}.`,
  };
}

function keyMistyped(key: string, meant: string): Fault {
  return {
    code: 'key-unknown',
    message: `There is no key \`${prose(key, [])}\`.`,
    hint: `Write \`${meant}\`.`,
  };
}

const keyUnknown: Fault = {
  code: 'key-unknown',
  message: 'There is an unknown key here.',
  hint: 'Remove it; docs/manifest.md lists the keys.',
};

function keyMissing(key: string): Fault {
  return {
    code: 'key-missing',
    message: `\`${key}\` is missing.`,
    hint: `Add \`${key === 'version' ? 'version: 1' : key}\`.`,
  };
}

const unfit: Fault = {
  code: 'value-invalid',
  message: 'This value does not belong here.',
  hint: 'docs/manifest.md shows every key by example.',
};

function shaped(output: Partial<RawManifest>, broken: readonly Path[]): Shaped {
  const entries = <Raw>(list: keyof Shaped, raws: readonly Raw[] | undefined): Entry<Raw>[] => {
    if (!Array.isArray(raws)) return [];
    const faults = broken.filter(([first]) => first === list);
    const bad = new Set(faults.map(([, index]) => index));
    return raws.flatMap((raw: Raw, index) =>
      entry(raw, [list, index], bad.has(index) ? faults.filter(([, at]) => at === index) : []),
    );
  };
  return {
    credentials: entries('credentials', output.credentials),
    repositories: entries('repositories', output.repositories),
    registries: entries('registries', output.registries),
  };
}

/** An entry without the values that are broken; their keys stay, since they are there. */
function entry<Raw>(raw: Raw, path: Path, broken: readonly Path[]): Entry<Raw>[] {
  if (broken.length === 0) return [{ raw, path, whole: true }];
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return [];
  const keys = broken.flatMap(([, , key]) => (key === undefined ? [] : [[key, undefined]]));
  return [{ raw: { ...raw, ...Object.fromEntries(keys) }, path, whole: false }];
}
