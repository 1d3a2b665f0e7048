import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { embed } from '../../scripts/templates.mjs';
import { root } from '../conventions/sources.ts';

/** What a template brings in: a version, and the SHA-256 of its SHA256SUMS. */
export interface ReleaseName {
  readonly version: string;
  readonly sums: string;
}

export type Inputs = Readonly<Record<string, string | boolean | readonly string[]>>;

/** One input of a component's header. */
export interface InputSpec {
  readonly type: 'string' | 'number' | 'boolean' | 'array';
  readonly description: string;
  readonly default?: string | boolean | readonly string[];
  readonly regex?: string;
  readonly options?: readonly string[];
}

/** A job of a rendered template, as far as tests look at it. */
export interface TemplateJob {
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly after_script?: readonly string[];
}

/** The template's text, with the shell as it is now and the release given. */
export function templateText(path: string, release: ReleaseName): string {
  return embed(readFileSync(join(root, path), 'utf8'), release);
}

/** Inputs of a component by name. */
export function inputSpecs(text: string): Readonly<Record<string, InputSpec>> {
  return parse(split(text)[0]).spec.inputs;
}

/** Renders a component's body as GitLab does: values put into the text, then the text read as YAML. */
export function renderTemplate(text: string, inputs: Inputs): Readonly<Record<string, TemplateJob>> {
  const specs = inputSpecs(text);
  const stranger = Object.keys(inputs).find((name) => !(name in specs));
  if (stranger !== undefined) throw new Error(`no input ${stranger}`);
  const body = split(text)[1].replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = inputs[name] ?? specs[name]?.default;
    if (value === undefined) throw new Error(`no value for ${name}`);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
  return parse(body);
}

function split(text: string): [string, string] {
  const documents = parseAllDocuments(text);
  const [header, body, ...rest] = text.split(/^---$/m);
  if (documents.length !== 2 || header === undefined || body === undefined || rest.length > 0)
    throw new Error('a component is a header and a body');
  return [header, body];
}
