import type { CredentialResult, TargetResult } from '../../../src/core/check/result.ts';
import type { Credential } from '../../../src/core/manifest/manifest.ts';
import { Secret } from '../../../src/core/secret.ts';

const place = { path: 'credentials[0]', source: null, line: 3, column: 5 };

/** A credential as it comes out of a manifest. */
export function credentialOf(changes: Partial<Credential> = {}): Credential {
  return {
    name: 'acme',
    provider: 'github',
    base: { scheme: 'https', host: 'github.com', segments: ['acme'] },
    registries: [],
    signIn: { kind: 'token', token: { from: 'text', text: new Secret('canary-unused'), place } },
    isDefault: false,
    active: true,
    expires: null,
    access: 'both',
    environments: null,
    purposes: [],
    ssh: [],
    apiUrl: null,
    tokenRealm: null,
    description: null,
    contact: null,
    order: 0,
    place,
    ...changes,
  };
}

/** What became of a target: fine, unless changed. */
export function targetResult(changes: Partial<TargetResult> = {}): TargetResult {
  return {
    target: 'https://github.com/acme/rnaseq',
    kind: 'repository',
    credential: 'acme',
    access: 'read',
    status: 'ok',
    revision: null,
    message: 'it can be read',
    hint: '',
    revisions: null,
    proof: 'credential',
    place: null,
    ...changes,
  };
}

/** What became of a credential: fine, unless changed. */
export function credentialResult(changes: Partial<CredentialResult> = {}): CredentialResult {
  return {
    name: 'acme',
    provider: 'github',
    kind: 'token',
    status: 'ok',
    expiresAt: null,
    expirySource: 'none',
    daysLeft: null,
    scopes: null,
    missing: [],
    identity: 'octocat',
    usedBy: ['https://github.com/acme/rnaseq'],
    message: 'it works; when it ends is not known',
    hint: '',
    contact: null,
    place,
    ...changes,
  };
}
