import { expect, test } from 'vitest';
import { commandLineCi } from '../../src/ci/command-line.ts';
import { keepOwnIssue } from '../../src/cli/check-issue.ts';
import type { Shell } from '../../src/cli/verb.ts';
import { fullView } from '../../src/core/check/public-view.ts';

const gitlab = {
  GITLAB_CI: 'true',
  CI_SERVER_URL: 'https://gitlab.example.com',
  CI_PROJECT_URL: 'https://gitlab.example.com/lab/variants',
  CI_PROJECT_ID: '7',
  PIPELINE_CREDENTIALS_ISSUE_TOKEN: 'canary-issue-token',
};
const view = fullView({ checkedAt: new Date(0), status: 'ok', credentials: [], targets: [] });

/** The hosts that are asked, and what is said about it. */
async function hostsAsked(env: Record<string, string>) {
  const lines: string[] = [];
  const hosts: string[] = [];
  const door = {
    readText: () => null,
    write: (line: string) => void lines.push(line),
    now: () => new Date(0),
  };
  const shell = { env, ci: commandLineCi(env, door) } as unknown as Shell;
  const fetch = async (url: string | URL | Request) => {
    hosts.push(new URL(String(url)).host);
    return new Response('[]', { status: 500 });
  };
  await keepOwnIssue(view, 'default', { shell, fetch: fetch as never });
  return { hosts: [...new Set(hosts)], said: lines.join('\n') };
}

test('the issue is kept where the job is', async () => {
  const { hosts } = await hostsAsked({ ...gitlab, CI_API_V4_URL: 'https://gitlab.example.com/api/v4' });
  expect(hosts).toEqual(['gitlab.example.com']);
});

test.each(['https://evil.test/api/v4', 'https://gitlab.example.com.evil.test/api/v4', 'gitlab', ''])(
  'rule 9: the token does not go to an API at %j',
  async (CI_API_V4_URL) => {
    const { hosts, said } = await hostsAsked({ ...gitlab, CI_API_V4_URL });
    expect(hosts).toEqual([]);
    expect(said).toContain('The issue could not be kept');
    expect(said).not.toContain('canary');
  },
);
