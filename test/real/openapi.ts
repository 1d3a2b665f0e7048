import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Fetch } from '../../src/core/http/fetch.ts';

/** One request and what was answered, with bodies as values; `path` starts after the API's base URL. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
}

/** A fetch that notes what REST calls said; git and GraphQL have no description here. */
export function recording(send: Fetch): { readonly noting: Fetch; readonly exchanges: Exchange[] } {
  const exchanges: Exchange[] = [];
  const noting: Fetch = async (address, init) => {
    const url = new URL(address);
    const answer = await send(address, init);
    if (!url.pathname.startsWith('/api/v3')) return answer;
    const text = await answer.text();
    exchanges.push({
      method: init?.method ?? 'GET',
      path: url.pathname.replace('/api/v3', '') || '/',
      query: Object.fromEntries(url.searchParams),
      requestBody: init?.body ? JSON.parse(init.body) : null,
      status: answer.status,
      responseBody: text === '' ? null : JSON.parse(text),
    });
    return answer;
  };
  return { noting, exchanges };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: object } };
}

interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content | { readonly $ref: string }>>;
}

/** GitHub's description of one edition of its API. */
export interface Description {
  /** What is wrong with a request or its answer, in words; empty when nothing is. */
  readonly problems: (exchange: Exchange) => readonly string[];
}

/** Where scripts/install-real-parts.sh puts the descriptions. */
function folder(): string {
  const script = readFileSync('scripts/install-real-parts.sh', 'utf8');
  const version = /^openapi_version=(.*)$/m.exec(script)?.[1];
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.GITHUB_OPENAPI || join(cache, 'pipeline-credentials', `openapi-${version}`);
}

/** @param edition `api.github.com` or `ghes-3.19` */
export function readDescription(edition: string): Description {
  const document = JSON.parse(readFileSync(join(folder(), `${edition}.json`), 'utf8'), asJsonSchema);
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'github', undefined, false);
  const resolve = <T>(value: T | { $ref: string }): T =>
    typeof value === 'object' && value !== null && '$ref' in value ? at(document, value.$ref) : (value as T);
  const mismatches = (schema: object, value: unknown): readonly string[] => {
    const validate = ajv.compile(absolute(schema));
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  return {
    problems: (exchange) => {
      const found = findOperation(document.paths, exchange);
      if (found === null) return [`there is no ${exchange.method} ${exchange.path}`];
      const parameters = (found.parameters ?? []).map((parameter) => resolve<Parameter>(parameter));
      return [
        ...queryProblems(exchange, parameters, mismatches),
        ...bodyProblems(exchange, found, mismatches),
        ...answerProblems(exchange, { operation: found, resolve, mismatches }),
      ];
    },
  };
}

/**
 * OpenAPI 3.0 says `nullable` where JSON Schema lists types. One mistake of the description is mended: its listing
 * of installations wants an account to be a user and an enterprise at once, where all else says one of both.
 */
function asJsonSchema(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value)) return value;
  const { nullable, allOf, ...rest } = value as { nullable: unknown; allOf?: readonly { title?: string }[] };
  const titles = allOf?.map(({ title }) => title).join();
  const parts = allOf === undefined ? {} : titles === 'Simple User,Enterprise' ? { anyOf: allOf } : { allOf };
  return nullable === true ? { anyOf: [{ type: 'null' }, { ...rest, ...parts }] } : value;
}

type Mismatches = (schema: object, value: unknown) => readonly string[];

function at(document: object, reference: string): never {
  const path = reference.slice(2).split('/');
  return path.reduce((value, key) => (value as Record<string, object>)[key] as object, document) as never;
}

/** References of a schema that is taken out of the document point into the document. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"github#/'));
}

/** Literal paths come before those with parameters. */
function findOperation(
  paths: Record<string, Record<string, Operation>>,
  { method, path }: Exchange,
): Operation | null {
  const templates = Object.keys(paths).filter((template) => matches(template, path));
  const [best] = templates.toSorted((a, b) => a.split('{').length - b.split('{').length);
  return (best === undefined ? undefined : paths[best]?.[method.toLowerCase()]) ?? null;
}

function matches(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith('{') || part === given[index])
  );
}

function queryProblems({ query }: Exchange, parameters: readonly Parameter[], mismatches: Mismatches) {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  return [
    ...Object.keys(query)
      .filter((name) => !known.some((parameter) => parameter.name === name))
      .map((name) => `there is no parameter ${name}`),
    ...known.flatMap(({ name, schema, required }) => {
      const value = query[name];
      if (value === undefined) return required ? [`the parameter ${name} is missing`] : [];
      return mismatches(schema, /^\d+$/.test(value) ? Number(value) : value);
    }),
  ];
}

function bodyProblems(
  { requestBody }: Exchange,
  operation: Operation,
  mismatches: Mismatches,
): readonly string[] {
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  if (requestBody === null) return [];
  if (schema === undefined) return ['the request has a body'];
  const known = Object.keys((schema as { properties?: object }).properties ?? {});
  const unknown = Object.keys(requestBody as object).filter((name) => !known.includes(name));
  return [...unknown.map((name) => `the request's body has ${name}`), ...mismatches(schema, requestBody)];
}

/** Refusals are not declared everywhere; they look the same everywhere. */
function answerProblems(
  { status, responseBody }: Exchange,
  {
    operation,
    resolve,
    mismatches,
  }: {
    operation: Operation;
    resolve: <T>(value: T | { $ref: string }) => T;
    mismatches: Mismatches;
  },
): readonly string[] {
  const declared = operation.responses[status];
  if (declared === undefined && status < 400) return [`${status} is not declared`];
  const error = { $ref: '#/components/schemas/basic-error' };
  const schema =
    declared === undefined ? error : resolve<Content>(declared).content?.['application/json']?.schema;
  if (schema === undefined) return responseBody === null ? [] : [`${status} has a body`];
  return mismatches(schema, responseBody).map((problem) => `${status}: ${problem}`);
}
