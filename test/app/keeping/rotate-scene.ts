import type { RotateRequest } from '../../../src/app/keeping/rotate/request.ts';
import { type FakeGitlab, startFakeGitlab } from '../../fakes/gitlab.ts';
import { storeAt } from './store-at.ts';

export const first = 'canary-first-0123456789';
export const manager = 'canary-manager-token';

/** A GitLab whose project `acme/pipeline` keeps a project token in the variable LAB, which a maintainer may manage. */
export async function rotationScene(now?: () => Date): Promise<FakeGitlab> {
  const gitlab = await startFakeGitlab(now === undefined ? {} : { now });
  gitlab.addToken({
    token: first,
    username: 'project_7_bot_ab',
    userId: 70,
    scopes: ['self_rotate', 'read_repository'],
  });
  gitlab.addToken({
    token: manager,
    username: 'ada',
    userId: 7,
    name: 'manager',
    manages: ['acme/pipeline', '7'],
  });
  gitlab.variables.set('acme/pipeline LAB *', {
    key: 'LAB',
    value: first,
    variable_type: 'env_var',
    protected: true,
    masked: true,
    hidden: true,
    raw: true,
    environment_scope: '*',
    description: null,
  });
  return gitlab;
}

/** A manifest with one credential, its secret given as written. */
export function labManifest(gitlab: FakeGitlab, secret: string, more = ''): string {
  return `# ours\nversion: 1\ncredentials:\n  - name: lab # the lab\n    provider: gitlab\n    url: ${gitlab.url}/acme/pipeline\n    token: ${secret} # its token\n${more}`;
}

export function rotateRequest(
  gitlab: Pick<FakeGitlab, 'url'>,
  more: Partial<RotateRequest> = {},
): RotateRequest {
  return {
    manifest: { text: null, files: ['m.yml'], allowEnv: '' },
    names: ['lab'],
    within: null,
    days: 90,
    store: storeAt({ to: `${gitlab.url}/acme/pipeline`, provider: 'gitlab', tokenName: 'MANAGER' }),
    as: 'PIPELINE_CREDENTIALS',
    recoveryToken: null,
    withoutNet: false,
    recover: null,
    guided: false,
    from: null,
    dryRun: false,
    ...more,
  };
}

/** The token of the rotated family that works; null when none does. */
export function working({ tokens }: FakeGitlab): string | null {
  const alive = tokens.filter(({ revoked, family }) => !revoked && family === tokens[0]?.family);
  if (alive.length > 1) throw new Error('several work');
  return alive[0]?.token ?? null;
}

/** GitLab rotates, its answer gets lost, and it is silent until it is healed. */
export function loseRotation({ traffic }: FakeGitlab): void {
  let silent = false;
  traffic.fail(() => silent, 'reset', 20);
  traffic.fail(({ path }) => {
    silent ||= path.endsWith('self/rotate');
    return false;
  }, 'reset');
  traffic.fail('self/rotate', 'lose');
}
