import type { Fault } from '../fault.ts';
import type { RawRegistry, RawRepository } from './definitions.ts';
import type { TargetRequest } from './manifest.ts';
import type { Spot } from './reading.ts';
import { placeOf, report } from './reading.ts';

/** A repository that jobs need, not yet parsed; a password in its address is reported. */
export function buildRepository(raw: RawRepository, { reading, path }: Spot): TargetRequest {
  const written = typeof raw === 'string' ? { url: raw } : raw;
  const here = typeof raw === 'string' ? path : [...path, 'url'];
  if (/^[^/]*:\/\/[^/@]*:[^/]*@/.test(written.url)) report(reading, here, passwordInside);
  return {
    kind: 'repository',
    given: written.url,
    access: written.access ?? 'read',
    revision: written.revision ?? null,
    pinned: written.credential ?? null,
    place: placeOf(reading, path),
  };
}

/** A registry that jobs need. */
export function buildRegistry(raw: RawRegistry, { reading, path }: Spot): TargetRequest {
  const written = typeof raw === 'string' ? { registry: raw } : raw;
  return {
    kind: 'registry',
    given: written.registry,
    access: written.access ?? 'read',
    revision: null,
    pinned: written.credential ?? null,
    place: placeOf(reading, path),
  };
}

const passwordInside: Fault = {
  code: 'target-secret',
  message: 'The address has a password in it.',
  hint: 'Write the address without it, and the secret as a credential. If it was real, replace it.',
};
