import { parse } from 'yaml';
import type { Plain, PlainMap } from '../manifest/edit/plain.ts';
import type { Finding, FoundFile } from './finding.ts';

type With = Readonly<Record<string, unknown>>;

/** Steps of GitHub workflows that sign in today, by the actions this program replaces. */
export function workflowFindings({ path, text }: FoundFile): readonly Finding[] {
  return stepsIn(parsed(text)).flatMap(({ uses, inputs }) => {
    const action = uses.replace(/@.*$/, '').toLowerCase();
    const read = readers.find(({ actions }) => actions.includes(action))?.read;
    return (read?.(inputs) ?? []).map((found) => ({ ...found, file: path }) as Finding);
  });
}

type Read = (inputs: With) => readonly DistributiveOmit<Finding, 'file'>[];
type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

const readers: readonly { readonly actions: readonly string[]; readonly read: Read }[] = [
  {
    actions: [
      'actions/create-github-app-token',
      'tibdex/github-app-token',
      'getsentry/action-github-app-token',
      'peter-murray/workflow-application-token-action',
    ],
    read: appToken,
  },
  {
    actions: ['docker/login-action', 'redhat-actions/podman-login', 'azure/docker-login'],
    read: dockerLogin,
  },
  { actions: ['actions/checkout'], read: checkout },
  {
    actions: ['aws-actions/amazon-ecr-login'],
    read: () => [
      { kind: 'note', text: 'ECR is signed in to: add a credential with `provider: registry` and AWS keys.' },
    ],
  },
  {
    actions: ['webfactory/ssh-agent'],
    read: () => [
      {
        kind: 'note',
        text: 'An ssh agent holds keys: add a credential with `ssh-key` for each host, or a token instead.',
      },
    ],
  },
];

function appToken(inputs: With): ReturnType<Read> {
  const first = (...names: string[]) =>
    names.map((name) => given(inputs[name])).find((one) => one !== null) ?? null;
  const clientId = first('client-id');
  const appId = first('app-id', 'app_id', 'application_id');
  const key = first('private-key', 'private_key', 'application_private_key');
  if ((clientId ?? appId) === null || key === null || typeof key === 'string') return [];
  const owner = inputs.owner;
  const app: PlainMap = {
    ...(clientId === null ? { 'app-id': appId as Plain } : { 'client-id': clientId }),
    'private-key': key,
  };
  const named = typeof owner === 'string' && /^[\w-]+$/.test(owner) ? { organization: owner } : {};
  return [{ kind: 'sign-in', entry: { provider: 'github', ...named, app }, what: 'a GitHub App' }];
}

/** The workflow's own token is built in; a password in the clear is for nobody to copy. */
function dockerLogin(inputs: With): ReturnType<Read> {
  const registry = inputs.registry ?? inputs['login-server'] ?? 'docker.io';
  const password = given(inputs.password);
  const username = given(inputs.username);
  if (typeof registry !== 'string' || /[${}\s]/.test(registry) || password === null) return [];
  if (typeof password === 'string') {
    return [
      {
        kind: 'note',
        text: 'A password stands in the clear here: replace it at its registry, then put the new one into a secret.',
      },
    ];
  }
  const entry: PlainMap = {
    provider: 'registry',
    registry,
    ...(username === null ? {} : { username }),
    password,
  };
  return [{ kind: 'sign-in', entry, what: `a login to ${registry}` }];
}

function checkout(inputs: With): ReturnType<Read> {
  const { repository } = inputs;
  const token = given(inputs.token);
  const sshKey = given(inputs['ssh-key']);
  const isNamed = typeof repository === 'string' && /^[\w.-]+\/[\w.-]+$/.test(repository);
  const needed = isNamed
    ? [{ kind: 'repository', url: `https://github.com/${repository}`, what: 'a checkout' } as const]
    : [];
  const place = isNamed ? { organization: repository.split('/')[0] ?? '' } : {};
  const secret = token === null || typeof token === 'string' ? null : { token };
  const key = sshKey === null || typeof sshKey === 'string' ? null : { 'ssh-key': sshKey };
  const entry = secret ?? key;
  if (entry === null) return needed;
  return [
    ...needed,
    { kind: 'sign-in', entry: { provider: 'github', ...place, ...entry }, what: 'a checkout' },
  ];
}

/** `${{ secrets.X }}` is a variable for the manifest, other texts themselves; null for nothing, and for the job's own token. */
function given(value: unknown): Plain | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const [, name] = /^\$\{\{\s*(?:secrets|vars|env)\.([A-Za-z_]\w*)\s*\}\}$/.exec(value.trim()) ?? [];
  if (name !== undefined) return name.toUpperCase() === 'GITHUB_TOKEN' ? null : { env: name };
  if (/^\$\{\{\s*github\.actor\s*\}\}$/.test(value.trim())) return { env: 'GITHUB_ACTOR' };
  return value.includes('${{') ? null : value;
}

interface Step {
  readonly uses: string;
  readonly inputs: With;
}

/** Steps wherever they stand: in jobs, in composite actions. */
function stepsIn(value: unknown): readonly Step[] {
  if (Array.isArray(value)) return value.flatMap(stepsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { uses, with: inputs } = value as { uses?: unknown; with?: unknown };
  const own =
    typeof uses === 'string'
      ? [{ uses, inputs: (typeof inputs === 'object' && inputs !== null ? inputs : {}) as With }]
      : [];
  return [...own, ...Object.values(value).flatMap(stepsIn)];
}

function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return null;
  }
}
