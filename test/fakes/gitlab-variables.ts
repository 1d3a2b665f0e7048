import type { Answer } from '../../src/demo/answer.ts';
import { insufficient, type Request, refused, type Variable, type World } from './gitlab-world.ts';

export interface VariablePath {
  readonly place: string;
  readonly key: string | null;
}

export function variable({ place, key }: VariablePath, asked: Request, world: World): Answer {
  const { caller, method, url, body } = asked;
  if (!caller.scopes.includes('api')) return insufficient('api');
  if (!caller.manages.includes(place)) return refused(404, '404 Project Not Found');
  const scope = url.searchParams.get('filter[environment_scope]') ?? String(body.environment_scope ?? '*');
  const name = `${place} ${key ?? body.key} ${scope}`;
  const before = world.variables.get(name);
  if (method === 'POST') {
    return before === undefined
      ? create({ name, scope }, asked, world)
      : refused(400, '(key) has already been taken');
  }
  if (before === undefined) return refused(404, '404 Variable Not Found');
  if (method === 'PUT') return update(before, body);
  return { status: 200, body: visible(before) };
}

function create({ name, scope }: { name: string; scope: string }, { body }: Request, world: World): Answer {
  const hidden = world.hides && body.masked_and_hidden === true;
  const made: Variable = {
    key: String(body.key),
    value: String(body.value),
    variable_type: String(body.variable_type ?? 'env_var'),
    protected: body.protected === true,
    masked: hidden || body.masked === true,
    hidden,
    raw: body.raw === true,
    environment_scope: scope,
    description: null,
  };
  if (made.masked && !maskable(made.value)) return refused(400, 'value is invalid');
  world.variables.set(name, made);
  return { status: 201, body: visible(made) };
}

function update(before: Variable, body: Request['body']): Answer {
  const value = String(body.value ?? before.value);
  const masked = typeof body.masked === 'boolean' ? body.masked : before.masked;
  if (before.hidden && !masked)
    return refused(400, 'The visibility setting cannot be changed for masked and hidden variables.');
  if (masked && !maskable(value)) return refused(400, 'value is invalid');
  Object.assign(before, { value, masked });
  if (typeof body.variable_type === 'string') before.variable_type = body.variable_type;
  if (typeof body.protected === 'boolean') before.protected = body.protected;
  if (typeof body.raw === 'boolean') before.raw = body.raw;
  return { status: 200, body: visible(before) };
}

function visible(one: Variable) {
  return { ...one, value: one.hidden ? null : one.value };
}

function maskable(value: string): boolean {
  return /^\S{8,}$/.test(value);
}
