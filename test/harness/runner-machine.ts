import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandFolder } from './command-files.ts';

export type Variables = Readonly<Record<string, string>>;

export interface JobOptions {
  /** Of the runner; the one that runs the tests by default. */
  readonly node?: string;
  /** `acme/pipeline` by default. */
  readonly repository?: string;
  /** `https://github.com` by default. */
  readonly serverUrl?: string;
  readonly apiUrl?: string;
  /** `push` by default. */
  readonly event?: string;
  /** The event's payload; one of a private repository by default. */
  readonly payload?: object;
  /** The workflow's token, `${{ github.token }}`. */
  readonly token?: string;
  /** What the workflow's secrets hold: masked from the start, as the token is. */
  readonly secrets?: readonly string[];
  /** Variables of every step, like a workflow's `env`; secrets go here or into inputs. */
  readonly env?: Variables;
}

/** Where a job happens. */
export interface Folders {
  /** Holds all the others. */
  readonly folder: string;
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string;
  readonly home: string;
}

export async function makeFolders(): Promise<Folders> {
  const folder = await mkdtemp(join(tmpdir(), 'runner-'));
  const folders = {
    folder,
    workspace: join(folder, 'work/pipeline/pipeline'),
    temp: join(folder, 'work/_temp'),
    home: join(folder, 'home'),
  };
  const inTemp = [commandFolder, '_github_workflow'].map((name) => join(folders.temp, name));
  for (const one of [folders.workspace, folders.home, join(folder, 'work/_tool'), ...inTemp]) {
    await mkdir(one, { recursive: true });
  }
  return folders;
}

/** What a machine has without a runner. */
export function machineVariables({ folder, temp, home }: Folders): Variables {
  return {
    HOME: home,
    LANG: 'C.UTF-8',
    CI: 'true',
    RUNNER_OS: process.platform === 'darwin' ? 'macOS' : 'Linux',
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_NAME: 'test-runner',
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: join(folder, 'work/_tool'),
    RUNNER_WORKSPACE: join(folder, 'work/pipeline'),
  };
}

/** The `github` context: as variables, and for expressions in an action's defaults. */
export async function githubContext(
  options: JobOptions,
  { temp, workspace }: Folders,
): Promise<{ variables: Variables; expressions: Variables }> {
  const { repository = 'acme/pipeline', serverUrl = 'https://github.com', event = 'push' } = options;
  const eventPath = join(temp, '_github_workflow/event.json');
  const payload = { repository: { full_name: repository, private: true }, ...options.payload };
  await writeFile(eventPath, JSON.stringify(payload));
  const apiUrl =
    options.apiUrl ?? (serverUrl === 'https://github.com' ? 'https://api.github.com' : `${serverUrl}/api/v3`);
  const context = {
    server_url: serverUrl,
    api_url: apiUrl,
    graphql_url: `${apiUrl.replace(/\/v3$/, '')}/graphql`,
    repository,
    repository_owner: repository.split('/')[0] ?? '',
    event_name: event,
    event_path: eventPath,
    workspace,
    actor: 'octocat',
    sha: '0'.repeat(40),
    ref: 'refs/heads/main',
    ref_name: 'main',
    run_id: String(1 + Math.floor(Math.random() * 1e9)),
    run_attempt: '1',
    run_number: '1',
    workflow: 'test',
    job: 'test',
    action: '__self',
  };
  const variables = Object.entries(context).map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, value]);
  const tracking = { GITHUB_ACTIONS: 'true', RUNNER_TRACKING_ID: `github_${randomUUID()}` };
  return {
    variables: { ...Object.fromEntries(variables), ...tracking },
    expressions: { ...context, token: options.token ?? '' },
  };
}
