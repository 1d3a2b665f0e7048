import type { Location } from '../location.ts';
import { type Catalog, segmentKey } from '../selection/catalog.ts';
import type { Circumstances, Selection } from '../selection/selection.ts';
import { type HostTable, webSite } from '../target/hosts.ts';
import type { GitGrant } from './grant.ts';

/** All that decides who signs in where. */
export interface Scene {
  readonly grants: readonly GitGrant[];
  /** Of the job's targets, those without a credential included. */
  readonly selections: readonly Selection[];
  readonly catalog: Catalog;
  readonly hosts: HostTable;
  readonly circumstances: Circumstances;
}

/** A location as paths are compared on its host; the first part is the host. */
export function pathOf({ scheme, host, segments }: Location, { catalog, hosts }: Scene): readonly string[] {
  const { provider } = webSite(hosts, scheme, host);
  const rules = provider === null ? undefined : catalog.rules.get(provider);
  return [originOf({ scheme, host }), ...segments.map((segment) => segmentKey(segment, rules))];
}

/** `https://github.com` */
export function originOf({ scheme, host }: Pick<Location, 'scheme' | 'host'>): string {
  return `${scheme}://${host}`;
}
