import { type Problem, problemAt } from '../failure.ts';
import type { Fault } from '../fault.ts';
import { parseHost } from '../host.ts';
import type { AllowEnv } from './allow-env.ts';
import type { CredentialFacts } from './credential-facts.ts';
import type { Credential, Manifest, Place, Reference } from './manifest.ts';
import { isReference, referencesOf } from './reference.ts';
import { fieldRule } from './sign-in-fields.ts';

/**
 * What a manifest that lies in the workspace says beyond its place (security rule 1): it is the word of whoever
 * wrote the pull request. It may add read targets without pins, and credentials whose variables the workflow allows
 * for every one of their hosts.
 */
export function distrust(
  { credentials, targets }: Manifest,
  allowed: AllowEnv,
  facts: readonly CredentialFacts[],
): readonly Problem[] {
  const fromTargets = targets.flatMap(({ access, pinned, place }) => [
    ...(access === 'write' ? refusal(place, writing) : []),
    ...(pinned === null ? [] : refusal(place, pinning)),
  ]);
  const fromCredentials = credentials.flatMap((credential) => [
    ...widening(credential),
    ...published(credential),
    ...referencesOf(credential).flatMap((reference) =>
      overreach(reference, hostsOf(credential, facts), allowed),
    ),
  ]);
  return [...fromCredentials, ...fromTargets];
}

function overreach(
  reference: Reference,
  hosts: readonly string[] | null,
  allowed: AllowEnv,
): readonly Problem[] {
  if (reference.from === 'text') return [];
  if (reference.from !== 'env') return refusal(reference.place, filing);
  if (hosts === null) return refusal(reference.place, hostless);
  const known = allowed.get(reference.name) ?? new Set();
  const missing = hosts.filter((host) => !known.has(host));
  return missing.length === 0 ? [] : refusal(reference.place, notAllowed(reference.name, missing));
}

/** A secret that lies in the checkout is in the history of the repository too. */
function published({ signIn }: Credential): readonly Problem[] {
  return Object.entries(signIn).flatMap(([field, value]) =>
    isReference(value) && value.from === 'text' && fieldRule(signIn.kind, field).secret
      ? [problemAt(value.place, committed, 'warning')]
      : [],
  );
}

/** An App's key could mint more than the targets need. */
function widening({ signIn, place }: Credential): readonly Problem[] {
  if (signIn.kind !== 'app') return [];
  const wide =
    signIn.repositories === 'all' || Object.values(signIn.permissions).some((level) => level !== 'read');
  return wide ? refusal(place, wideApp) : [];
}

/** Every host that a credential's secrets are sent to; null when the manifest does not name them. */
function hostsOf(credential: Credential, facts: readonly CredentialFacts[]): readonly string[] | null {
  const origin = facts.find(({ provider }) => provider === credential.provider)?.publicOrigin ?? null;
  const own = credential.base?.host ?? (origin === null ? null : new URL(origin).host);
  if (own === null && credential.provider !== 'registry') return null;
  const api = credential.apiUrl === null ? null : new URL(credential.apiUrl).host;
  const registries = credential.registries.map(({ host }) => host);
  return [own, api, credential.tokenRealm, ...registries, ...sshServers(credential, own)].filter(
    (host) => host !== null,
  );
}

/** A key signs in at its `ssh` servers, and https addresses lead there too; on the host itself any port will do. */
function sshServers({ signIn, ssh }: Credential, own: string | null): readonly string[] {
  if (signIn.kind !== 'ssh-key') return [];
  const hostname = parseHost(own ?? '')?.hostname;
  return ssh.map(({ host }) => host).filter((host) => host !== hostname);
}

function refusal(place: Place | null, fault: Fault): readonly Problem[] {
  return place === null ? [] : [problemAt(place, fault)];
}

const writing: Fault = {
  code: 'workspace-write',
  message: 'A manifest in the workspace may not ask for write access.',
  hint: 'Ask for it in the manifest that the secret or the variable holds.',
};
const pinning: Fault = {
  code: 'workspace-pin',
  message: 'A manifest in the workspace may not choose the credential of a target.',
  hint: 'Pin the target in the manifest that the secret or the variable holds.',
};
const filing: Fault = {
  code: 'workspace-file',
  message: 'A manifest in the workspace may not name files.',
  hint: 'Name a variable, and allow it with `allow-env`.',
};
const committed: Fault = {
  code: 'workspace-secret',
  message: 'A secret stands in the workspace: everybody who can read the repository has it.',
  hint: 'Replace it at its host, and name a variable here.',
};
const hostless: Fault = {
  code: 'workspace-url-missing',
  message: 'In a manifest of the workspace a credential with a variable must name its host.',
  hint: 'Add `url`.',
};
const wideApp: Fault = {
  code: 'workspace-app',
  message: 'A manifest in the workspace may not ask an App for all repositories, or for more than reading.',
  hint: 'Move the credential to the manifest that the secret or the variable holds.',
};

function notAllowed(name: string, hosts: readonly string[]): Fault {
  return {
    code: 'workspace-env',
    message: `A manifest in the workspace names the variable ${name}, which the workflow does not allow for ${hosts.join(', ')}.`,
    hint: `If it should, add \`allow-env: ${name}=${hosts.join(',')}\` to the step.`,
  };
}
