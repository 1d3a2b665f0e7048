// https://docs.github.com/actions/reference/workflows-and-actions/variables
import type { Env } from '../core/env.ts';
import type { Job, ReadText } from './job.ts';

/** Events on which a workflow with secrets runs beside code of a stranger (security rule 1). */
const foreignEvents = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);

export function isGithub(env: Env): boolean {
  return env.GITHUB_ACTIONS === 'true';
}

/** GitHub Actions, and Gitea's and Forgejo's, which set the same variables. */
export function githubJob(env: Env, readText: ReadText): Job {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_EVENT_NAME: event = '' } = env;
  return {
    ci: 'github',
    id: [
      env.GITHUB_RUN_ID,
      env.GITHUB_RUN_ATTEMPT,
      env.GITHUB_JOB,
      env.RUNNER_TRACKING_ID ?? env.RUNNER_NAME,
    ].join('/'),
    workspace: env.GITHUB_WORKSPACE || null,
    temporaryFolder: env.RUNNER_TEMP || null,
    repository: server && repository ? `${server}/${repository}` : null,
    foreignEvent: foreignEvents.has(event) ? event : null,
    token: null,
    withheld: withheld(env),
    isPublic: !isPrivate(readText(env.GITHUB_EVENT_PATH ?? '')),
  };
}

/** The event's payload says whether the repository is private; anything unreadable counts as public. */
function isPrivate(payload: string | null): boolean {
  try {
    return JSON.parse(payload ?? '').repository.private === true;
  } catch {
    return false;
  }
}

function withheld({ GITHUB_ACTOR: actor, GITHUB_EVENT_NAME: event }: Env): string | null {
  if (actor === 'dependabot[bot]')
    return "Dependabot's runs get its own secrets only: add this one under Settings > Secrets > Dependabot.";
  return event === 'pull_request'
    ? 'Pull requests from forks get no secrets: say `required: false` where they must pass.'
    : null;
}
