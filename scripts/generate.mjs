// What is written from the sources and committed: the manifest's JSON Schema, the tables of documents, the shell of templates.
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { templates } from './templates.mjs';

/**
 * @param {string} sums the SHA-256 of dist/SHA256SUMS
 * @returns {Promise<Map<string, string>>} content by path; needs a compiled build/
 */
export async function generate(sums) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const files = templates({ version, sums });
  const schema = await load('build/core/manifest/json-schema.js');
  const providers = await load('build/providers/index.js');
  if (schema && providers) {
    const text = JSON.stringify(schema.manifestJsonSchema(providers.gitProviders), null, 2);
    files.set('schema/manifest.schema.json', `${text}\n`);
  }
  for (const [path, action] of Object.entries(actionOf)) {
    if (existsSync(path)) files.set(path, await page(readFileSync(path, 'utf8'), action));
  }
  return files;
}

/** The documents with tables, and whose inputs and outputs they show. */
const actionOf = { 'README.md': 'action.yml', 'docs/check.md': 'check/action.yml' };

async function page(text, actionFile) {
  const action = parse(readFileSync(actionFile, 'utf8'));
  const verbs = (await load('build/cli/verbs.js'))?.verbs ?? [];
  const tables = {
    inputs: table(['Input', 'What it does', 'Default'], Object.entries(action.inputs ?? {}).map(inputRow)),
    outputs: table(['Output', 'What it holds'], Object.entries(action.outputs ?? {}).map(outputRow)),
    verbs: table(
      ['Command', 'What it does'],
      verbs.map(({ name, usage, about }) => [code(`${name} ${usage}`.trim()), about]),
    ),
  };
  return Object.entries(tables).reduce((done, [name, rows]) => between(done, name, rows), text);
}

const inputRow = ([name, input]) => [code(name), input.description, input.default ? code(input.default) : ''];
const outputRow = ([name, output]) => [code(name), output.description];
const code = (text) => `\`${text}\``;

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

function line(cells) {
  const escaped = cells.map((cell) => String(cell).trim().replace(/\s+/g, ' ').replaceAll('|', '\\|'));
  return `| ${escaped.join(' | ')} |`;
}

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
function between(text, name, content) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) return text;
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}

async function load(path) {
  return existsSync(path) ? import(pathToFileURL(path).href) : null;
}
