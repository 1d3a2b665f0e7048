import { locationUrl } from '../location.ts';
import { scopeText } from './registry-scope.ts';
import type { Target } from './target.ts';

/** A target as one canonical text: `https://github.com/acme/rnaseq`, `https://github.com/acme/*`, `ghcr.io/acme`. */
export function targetText(target: Target): string {
  if (target.kind === 'registry') return scopeText(target);
  return locationUrl(target.location) + (target.wildcard ? '/*' : '');
}
