import type { Rewrite } from '../../../src/core/host-rules.ts';
import type { WrittenSection } from '../../../src/core/session/git-sections.ts';
import type { GitPrefix } from '../../../src/core/session/grant.ts';
import { location } from '../selection/samples.ts';

interface Options {
  readonly rewrites?: readonly Rewrite[];
  readonly bare?: boolean;
  readonly readOnly?: boolean;
  readonly files?: readonly string[];
}

/** A section that signs in from a file. */
export function sectionAt(url: string, kind: GitPrefix['kind'], options: Options = {}): WrittenSection {
  return {
    prefix: { location: location(url), kind, bare: options.bare ?? false },
    rewrites: options.rewrites ?? [],
    does: 'sign-in',
    yields: false,
    way: 'file',
    files: options.files ?? ['/tmp/session/secret/1'],
    readOnly: options.readOnly ?? false,
  };
}
