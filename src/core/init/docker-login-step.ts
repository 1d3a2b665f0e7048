import { parse } from 'yaml';
import type { PlainMap } from '../manifest/edit/plain.ts';
import { asValue, expressionsOf, type Given, given } from './expression.ts';
import type { StepFinding, StepInputs } from './step-reader.ts';

/** A step that signs in to registries: one by its inputs, or those of its input `registry-auth`. */
export function dockerLoginStep(inputs: StepInputs): readonly StepFinding[] {
  const logins = loginsIn(inputs['registry-auth']) ?? [inputs];
  const kept = String(inputs.logout) === 'false' ? [keptLogin] : [];
  return [...logins.flatMap(login), ...kept];
}

function loginsIn(text: unknown): readonly StepInputs[] | null {
  if (typeof text !== 'string' || text.trim() === '') return null;
  try {
    const list: unknown = parse(text, { logLevel: 'silent' });
    return Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) : [];
  } catch {
    return [];
  }
}

function login(inputs: StepInputs): readonly StepFinding[] {
  const registry = registryIn(inputs);
  if (registry === null) return [computed];
  const username = given(inputs.username);
  const password = given(inputs.password);
  if (isEcr(registry) && String(inputs.ecr) !== 'false') return [awsKeys(registry, username, password)];
  if (password === null) return [];
  if (password.kind === 'text') return [clear];
  if (/\bsteps\.[\w-]+\.outputs\.token\b/.test(password.expression)) return [tokenOfApp];
  return [signIn(registry, fieldsOf(username, password), [username, password])];
}

/** The namespace of `scope` (`acme/tool@push`) is a part of what the credential is for. */
function registryIn(inputs: StepInputs): string | null {
  const registry = inputs.registry ?? inputs['login-server'] ?? 'docker.io';
  if (typeof registry !== 'string' || /[${}\s]/.test(registry)) return null;
  const host = registry === '' ? 'docker.io' : registry;
  const [, scope = ''] = /^([a-z0-9._/-]+)(?:@.*)?$/.exec(String(inputs.scope ?? '')) ?? [];
  return scope === '' ? host : `${host.replace(/^https:\/\/|\/+$/g, '')}/${scope}`;
}

/** https://docs.docker.com/build/ci/github-actions: Google's two kinds of user name mean a key and an access token. */
function fieldsOf(username: Given | null, password: Given): PlainMap {
  const name = username?.kind === 'text' ? username.text : '';
  if (/^_json_key(?:_base64)?$/.test(name)) return { 'google-key': asValue(password) };
  if (name === 'oauth2accesstoken') return { 'access-token': asValue(password) };
  return { ...(username === null ? {} : { username: asValue(username) }), password: asValue(password) };
}

/** Where no keys are named, a step before set AWS's own variables for the job. */
function awsKeys(registry: string, username: Given | null, password: Given | null): StepFinding {
  if (password?.kind === 'text') return clear;
  if (username === null || password === null) return signIn(registry, keysOfTheJob, []);
  const keys = { 'access-key-id': asValue(username), 'secret-access-key': asValue(password) };
  return signIn(registry, keys, [username, password]);
}

const keysOfTheJob: PlainMap = {
  'access-key-id': { env: 'AWS_ACCESS_KEY_ID' },
  'secret-access-key': { env: 'AWS_SECRET_ACCESS_KEY' },
  'session-token': { env: 'AWS_SESSION_TOKEN' },
};

/** `aws-actions/amazon-ecr-login`, which takes the keys of the job. */
export function ecrLoginStep(inputs: StepInputs): readonly StepFinding[] {
  if (inputs['registry-type'] === 'public') return [signIn('public.ecr.aws', keysOfTheJob, [])];
  const accounts = String(inputs.registries ?? '').match(/\d{12}/g);
  const example = `registry: ${accounts?.[0] ?? 'ACCOUNT'}.dkr.ecr.REGION.amazonaws.com`;
  return [
    note(
      `A step signs in to Amazon ECR: add a credential with \`provider: registry\`, \`${example}\` and AWS keys, one for each region.`,
    ),
  ];
}

function isEcr(registry: string): boolean {
  return /\.dkr[.-]ecr|^public\.ecr\.aws\b/.test(registry);
}

function signIn(registry: string, fields: PlainMap, values: readonly (Given | null)[]): StepFinding {
  const entry: PlainMap = { provider: 'registry', registry, ...fields };
  return { kind: 'sign-in', entry, what: `a login to ${registry}`, expressions: expressionsOf(values) };
}

function note(text: string): StepFinding {
  return { kind: 'note', text };
}

const clear = note(
  'A password stands in the clear here: replace it at its registry, then put the new one into a secret.',
);
const computed = note(
  'A step signs in to a registry whose name is computed: add a credential with `provider: registry` for it.',
);
const keptLogin = note(
  'A step leaves its registry login to later jobs (`logout: false`). Here every job signs in by itself.',
);
const tokenOfApp = note(
  "A step signs in to a registry with a token that another step made. If it is a GitHub App's, name the registry under `registries` of the App's credential.",
);
