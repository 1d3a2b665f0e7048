import { expect, test } from 'vitest';
import { type CheckOptions, checkManifest } from '../../app/check/checking.ts';
import { type Handler, startHosts, type Weather } from '../../fakes/hosts/hosts.ts';

/** What a host is told about one credential, and what becomes of it and of its one target. */
export interface HostCase {
  /** The secret that the manifest gives. */
  readonly secret: string;
  /** Further keys of the credential: `, purposes: [webhooks]`. */
  readonly more?: string;
  /** The target's path, or what it is when not the usual one. */
  readonly target?: string;
  readonly access?: 'read' | 'write';
  readonly weather?: Weather;
  readonly clockAheadMs?: number;
  readonly now?: string;
  /** Expected of the credential and of the target, as far as it is written. */
  readonly credential: Record<string, unknown>;
  readonly found: Record<string, unknown>;
}

/** A host and how a manifest names a credential of it; `SECRET` stands for the variable. */
export interface HostScene {
  /** `{ name: lab, provider: gitlab, url: ..., token: SECRET }` without the closing brace. */
  readonly credential: string;
  /** Base of targets, ends in a slash. */
  readonly targets: string;
  readonly handler: (ahead: () => number) => Handler;
}

/** When all cases happen, unless they say otherwise. */
export const now = '2026-11-20T12:00:00Z';

/** Runs one case against a host of its own; gives results, and what the host was asked. */
export async function runCase(scene: HostScene, one: Omit<HostCase, 'credential' | 'found'>) {
  let ahead = 0;
  await using hosts = await startHosts(scene.handler(() => ahead));
  hosts.weather = one.weather ?? 'fine';
  ahead = one.clockAheadMs ?? 0;
  hosts.clockAheadMs = ahead + (one.now === undefined ? 0 : Date.parse(one.now) - Date.now());
  const credential = scene.credential.replace('SECRET', '{ env: SECRET }') + (one.more ?? '');
  const target = `{ url: "${scene.targets}${one.target ?? 'acme/rnaseq'}", access: ${one.access ?? 'read'} }`;
  const yaml = `version: 1\ncredentials:\n  - ${credential} }\nrepositories: [${target}]\n`;
  const options: CheckOptions = {
    env: { SECRET: one.secret },
    fetch: hosts.fetch,
    ...(one.now === undefined ? {} : { now: () => new Date(one.now ?? '') }),
  };
  const { credentials, targets } = await checkManifest(yaml, options);
  const asked = hosts.requests.map(({ method, url }) => `${method} ${url.host}${url.pathname}`);
  return { credential: credentials[0], found: targets[0], asked, requests: hosts.requests };
}

/** One test for each case; none may show a canary. */
export function testCases<Case extends HostCase>(
  cases: Readonly<Record<string, Case>>,
  scene: (one: Case) => HostScene,
  target = 'acme/rnaseq',
): void {
  test.each(Object.entries(cases))('%s', async (_name, one) => {
    const { credential, found, ...given }: HostCase = one;
    const result = await runCase(scene(one), { target, ...given });
    expect(result.credential).toMatchObject(credential);
    expect(result.found).toMatchObject(found);
    expect(JSON.stringify(result.credential) + JSON.stringify(result.found)).not.toContain('canary');
  });
}
