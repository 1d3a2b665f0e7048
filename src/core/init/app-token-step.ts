import type { PlainMap } from '../manifest/edit/plain.ts';
import { asValue, expressionsOf, type Given, given } from './expression.ts';
import type { StepFinding, StepInputs } from './step-reader.ts';

/** A step that mints a token of a GitHub App, whichever action does: the App, and the repositories it is for. */
export function appTokenStep(inputs: StepInputs): readonly StepFinding[] {
  const clientId = firstOf(inputs, 'client-id');
  const issuer = clientId ?? firstOf(inputs, 'app-id', 'app_id', 'application_id');
  const key = firstOf(inputs, 'private-key', 'private_key', 'application_private_key');
  if (issuer === null || key === null || key.kind === 'text') return [];
  const owner = ownerIn(inputs);
  if (owner === null) return [note(computedOwner)];
  const permissions = permissionsIn(inputs);
  const app: PlainMap = {
    [clientId === null ? 'app-id' : 'client-id']: asValue(issuer),
    'private-key': asValue(key),
    ...(Object.keys(permissions.others).length > 0 ? { permissions: permissions.others } : {}),
  };
  const entry = { provider: 'github', ...placeOf(owner, inputs), app };
  const repositories = repositoriesIn(inputs, owner);
  return [
    { kind: 'sign-in', entry, what: 'a GitHub App', expressions: expressionsOf([issuer, key]) },
    ...repositories.map((url) => neededRepository(url, permissions.writes)),
    ...(repositories.length === 0 ? [note(everything)] : []),
    ...(permissions.named ? [] : [note(allPermissions)]),
    ...(String(inputs['skip-token-revoke']) === 'true' ? [note(notRevoked)] : []),
  ];
}

function neededRepository(url: string, writes: boolean): StepFinding {
  const needed = { kind: 'repository', url, what: 'of an App' } as const;
  return writes ? { ...needed, access: 'write' } : needed;
}

function firstOf(inputs: StepInputs, ...names: readonly string[]): Given | null {
  return names.map((name) => given(inputs[name])).find((one) => one !== null) ?? null;
}

/** Empty for the owner of the workflow's own repository; null when nobody can tell. */
function ownerIn({ owner }: StepInputs): string | null {
  if (typeof owner !== 'string' || owner === '' || /^\$\{\{\s*github\.repository_owner\s*\}\}$/.test(owner))
    return '';
  return /^[\w-]+$/.test(owner) ? owner : null;
}

function placeOf(owner: string, inputs: StepInputs): PlainMap {
  if (owner === '') return {};
  const server = serverOf(inputs);
  return server === 'https://github.com' ? { organization: owner } : { url: `${server}/${owner}` };
}

/** https://docs.github.com/en/enterprise-server/rest: the API of a server of one's own is below /api/v3. */
function serverOf(inputs: StepInputs): string {
  const [, host = 'github.com'] =
    /^https:\/\/([\w.-]+(?::\d+)?)\/api\/v3\/?$/.exec(String(inputs['github-api-url'])) ?? [];
  return `https://${host}`;
}

/** What the token is for; relative to the workflow's own owner where the step names none, and `.` for its repository. */
function repositoriesIn(inputs: StepInputs, owner: string): readonly string[] {
  const { repositories } = inputs;
  const names = typeof repositories === 'string' ? repositories.split(/[\s,]+/).filter(Boolean) : [];
  const start = owner === '' ? '.' : `${serverOf(inputs)}/${owner}`;
  const literal = names.filter((name) => /^[\w.-]+$/.test(name)).map((name) => `${start}/${name}`);
  return names.length === 0 && (inputs.owner ?? '') === '' ? ['.'] : literal;
}

interface StepPermissions {
  readonly named: boolean;
  /** Whether the token may push. */
  readonly writes: boolean;
  readonly others: Readonly<Record<string, string>>;
}

/** `permission-issues: write` and the like. Contents follow from what targets ask for. */
function permissionsIn(inputs: StepInputs): StepPermissions {
  const all = Object.entries(inputs)
    .filter(
      ([name, level]) => /^permission-[a-z-]+$/.test(name) && /^(?:read|write|admin)$/.test(String(level)),
    )
    .map(([name, level]) => [name.replace('permission-', ''), String(level)] as const);
  return {
    named: all.length > 0,
    writes: all.some(([name, level]) => name === 'contents' && level !== 'read'),
    others: Object.fromEntries(all.filter(([name]) => name !== 'contents' && name !== 'metadata')),
  };
}

function note(text: string): StepFinding {
  return { kind: 'note', text };
}

const computedOwner =
  'The owner of a GitHub App is computed: write its credential once for each organisation that it may be.';
const everything =
  'A step mints App tokens for all repositories of an owner. List those that jobs need under `repositories`, or write `repositories: all` into its `app`.';
const allPermissions =
  'A step mints App tokens with all permissions of the App. Here they get `contents` only: name what calls of the API need under `permissions` of its `app`.';
const notRevoked =
  'A step keeps its App token after the job. Here tokens are revoked, unless the input `revoke` is false.';
