import type { PlainMap } from '../manifest/edit/plain.ts';
import { asValue, expressionsOf, type Given, given } from './expression.ts';
import type { StepFinding, StepInputs } from './step-reader.ts';

/** `actions/checkout` of another repository, or with a secret of its own. What another step made is told by that step. */
export function checkoutStep(inputs: StepInputs): readonly StepFinding[] {
  const repository = String(inputs.repository ?? '');
  const [, near] = /^\$\{\{\s*github\.repository_owner\s*\}\}\/([\w.-]+)$/.exec(repository) ?? [];
  const [, owner, name] = /^([\w-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  const url =
    near !== undefined ? `./${near}` : owner === undefined ? null : `https://github.com/${owner}/${name}`;
  const needed = url === null ? [] : [{ kind: 'repository', url, what: 'a checkout' } as const];
  const secret = fieldOf('token', inputs.token) ?? fieldOf('ssh-key', inputs['ssh-key']);
  if (secret === null) return needed;
  const place: PlainMap = owner === undefined ? {} : { organization: owner };
  const entry: PlainMap = { provider: 'github', ...place, [secret.key]: asValue(secret.value) };
  return [
    ...needed,
    { kind: 'sign-in', entry, what: 'a checkout', expressions: expressionsOf([secret.value]) },
  ];
}

/** Only what a person stored: the job's own token is built in, and what a step made is no secret of anybody's. */
function fieldOf(key: 'token' | 'ssh-key', input: unknown): { key: string; value: Given } | null {
  const value = given(input);
  if (value?.kind !== 'variable' || value.name === 'GITHUB_TOKEN') return null;
  return /^\$\{\{\s*(?:secrets|vars|env)\b[^|&]*\}\}$/.test(value.expression) ? { key, value } : null;
}
