import { dateText, daysLeft, daysText } from '../../../src/core/check/expiry.ts';
import type { CheckResult, CredentialResult, TargetResult } from '../../../src/core/check/result.ts';
import { overallStatus } from '../../../src/core/check/verdict.ts';
import { credentialResult, targetResult } from '../../core/check/samples.ts';

/** When all samples were checked. */
export const checkedAt = new Date('2026-11-20T12:00:00Z');

const day = 86_400_000;
const make = 'Make a new one at https://github.com/settings/tokens and replace the secret.';

/** One of each kind, in turn. */
const kinds: readonly ((index: number) => Partial<CredentialResult>)[] = [
  (index) => ends(40 + ((index * 37) % 320)),
  (index) => ({ ...ends(3 + (index % 9)), status: 'expiring', hint: make }),
  () => ({ expirySource: 'host', message: 'it works; it does not end' }),
  () => ({
    ...ends(-19),
    status: 'expired',
    message: 'it expired on 2026-11-01',
    hint: make,
    expirySource: 'manifest',
  }),
  (index) => ends(60 + ((index * 11) % 200)),
  () => ({
    status: 'insufficient',
    scopes: ['read:user', 'gist'],
    missing: ['repo', 'admin:repo_hook'],
    message: 'it lacks repo, admin:repo_hook; 2 of its 3 targets refused it',
    hint: 'Add repo, admin:repo_hook at https://github.com/settings/tokens.',
  }),
  () => ({
    status: 'unknown',
    identity: null,
    message: 'a deploy token tells nothing of itself',
    hint: 'A target proves it.',
  }),
  () => ({
    status: 'unreachable',
    identity: null,
    message: 'cannot reach git.example.com: the name git.example.com is not known here (ENOTFOUND)',
    hint: 'Check the host name, and whether this machine reaches it directly or needs HTTPS_PROXY.',
  }),
  () => ({ status: 'inactive', message: 'the manifest says `status: inactive`', identity: null }),
  () => ({
    status: 'invalid',
    message: 'GitHub does not accept it ("Bad credentials")',
    hint: 'Make a new one.',
  }),
];

function ends(days: number): Partial<CredentialResult> {
  const expiresAt = new Date(checkedAt.getTime() + days * day);
  const left = daysLeft(expiresAt, checkedAt);
  const message = `it works; it ends ${daysText(left)} (${dateText(expiresAt)})`;
  return { expiresAt, expirySource: 'host', daysLeft: left, message };
}

const names = [
  'acme-app',
  'lab',
  'hub',
  'genomics-readers',
  'mirror',
  'azure',
  'press',
  'a-rather-long-name-of-a-credential',
];
const providers = ['github', 'gitlab', 'registry', 'bitbucket', 'gitea', 'azure-devops', 'git'] as const;

/** A result with so many credentials and as many targets. */
export function sampleResult(count: number): CheckResult {
  const credentials = Array.from({ length: count }, (_none, index) => {
    const name = `${names[index % names.length]}${index < names.length ? '' : `-${index}`}`;
    const provider = providers[index % providers.length] ?? 'git';
    return credentialResult({ name, provider, ...kinds[index % kinds.length]?.(index) });
  });
  const targets = credentials.map((credential, index) => target(credential, index));
  return { checkedAt, status: overallStatus({ credentials, targets }), credentials, targets };
}

function target({ name, status }: CredentialResult, index: number): TargetResult {
  const url = `https://git.example.com/acme/pipeline-${index}`;
  const revision = { name: 'main', sha: String(index % 10).repeat(40) };
  if (index % 10 === 2)
    return targetResult({
      target: url,
      credential: null,
      status: 'anonymous',
      message: 'anybody can read it',
      revision,
    });
  if (status === 'ok') return targetResult({ target: url, credential: name, revision });
  if (index % 10 === 1)
    return targetResult({
      target: url,
      credential: name,
      status: 'no-such-revision',
      message: 'there is no branch, tag or commit v2.1; there is v2.1.0, v2.0.0',
      hint: 'Correct `revision`; `pipeline-credentials check --revisions` lists what there is.',
    });
  return targetResult({
    target: url,
    credential: name,
    status: 'denied',
    proof: 'none',
    message: `git.example.com does not accept ${name}`,
    hint: 'It has expired, was revoked, or its user name is wrong.',
  });
}
