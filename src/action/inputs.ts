import type { SetupRequest } from '../app/setup/request.ts';
import type { ActionRunner } from '../ci/github-action.ts';
import type { JobToken } from '../ci/job.ts';
import { Failure } from '../core/failure.ts';
import { Secret } from '../core/secret.ts';

/** What the step's inputs ask of setup; the manifest is read by itself. */
export function setupInputs(runner: ActionRunner): Omit<SetupRequest, 'manifest'> {
  return {
    repositories: listOrNull(runner, 'repositories'),
    registries: listOrNull(runner, 'registries'),
    credentials: listOrNull(runner, 'credentials'),
    environment: runner.input('environment') || null,
    git: choice(runner, 'git', ['private', 'home', 'none']),
    docker: choice(runner, 'docker', ['private', 'home', 'none']),
    revoke: runner.flag('revoke', true),
    tokenFor: runner.input('token-for') || null,
    jobToken: jobToken(runner),
    session: null,
    within: 'job',
    remember: (handle) => runner.saveState('session', JSON.stringify(handle)),
  };
}

/** The workflow's token, masked as it is read. */
function jobToken(runner: ActionRunner): JobToken | null {
  const token = runner.input('github-token');
  if (token === '') return null;
  const password = new Secret(token);
  runner.mask([password]);
  return { username: 'x-access-token', password, registry: null };
}

/** The lines of an input; null when it has none. */
export function listOrNull(runner: ActionRunner, name: string): readonly string[] | null {
  const lines = runner.lines(name);
  return lines.length === 0 ? null : lines;
}

/** An empty input is the first choice. @throws Failure `usage` for a value that is none of them. */
export function choice<const T extends string>(runner: ActionRunner, name: string, choices: readonly T[]): T {
  const given = runner.input(name) || choices[0];
  const found = choices.find((known) => known === given);
  if (found !== undefined) return found;
  throw new Failure('usage', `The input ${name} has an unknown value.`, {
    hint: `It takes ${choices.join(', ')}.`,
  });
}
