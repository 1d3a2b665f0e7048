import { locationUrl } from '../location.ts';
import type { GitPrefix } from './grant.ts';

/**
 * What addresses of a prefix begin with over https, as a rewriting rule says it: with an ending, so that it is no
 * beginning of a neighbour's name (security rule 11).
 */
export function prefixUrl({ location, kind, bare }: GitPrefix): string {
  const url = locationUrl(location);
  if (kind !== 'repository') return `${url}/`;
  return bare ? url : `${url}.git`;
}
