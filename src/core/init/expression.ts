import type { PlainMap } from '../manifest/edit/plain.ts';

/** A value of a step: a text that may be written out, or what a variable of ours must hold, with where it comes from. */
export type Given =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly expression: string };

/** Variables that a workflow's job has by itself. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
const ofTheRunner = new Map([['github.actor', 'GITHUB_ACTOR']]);

/** The workflow's own token, under each of its names. */
const ownToken = /^\$\{\{\s*(?:secrets\.GITHUB_TOKEN|github\.token)\s*\}\}$/i;

/** What stands in a step's input; null for nothing. */
export function given(value: unknown): Given | null {
  if (typeof value === 'number') return { kind: 'text', text: String(value) };
  if (typeof value !== 'string' || value.trim() === '') return null;
  const text = value.trim();
  if (!text.includes('${{')) return { kind: 'text', text };
  if (ownToken.test(text))
    return { kind: 'variable', name: 'GITHUB_TOKEN', expression: `\${{ github.token }}` };
  return { kind: 'variable', name: variableName(text), expression: text };
}

/** As a manifest has it: `{ env: NAME }`, or the text. */
export function asValue(one: Given): string | number | PlainMap {
  if (one.kind === 'variable') return { env: one.name };
  return /^[1-9]\d{0,14}$/.test(one.text) ? Number(one.text) : one.text;
}

/** What a step must set for these values; what the runner sets anyway is left out. */
export function expressionsOf(values: readonly (Given | null)[]): Readonly<Record<string, string>> {
  const set = values.flatMap((one) =>
    one?.kind === 'variable' && !isOfTheRunner(one.name) ? [[one.name, one.expression] as const] : [],
  );
  return Object.fromEntries(set);
}

/** `secrets.APP_KEY` is APP_KEY, `steps.auth.outputs.access_token` AUTH_ACCESS_TOKEN. */
function variableName(text: string): string {
  const [, path = ''] = /\$\{\{\s*([A-Za-z_][\w.-]*(?:\['[\w-]+'\])?)/.exec(text) ?? [];
  const known = ofTheRunner.get(path);
  if (known !== undefined) return known;
  const steps = path.replace(/\['([\w-]+)'\]/, '.$1').split('.');
  const telling = steps.filter((step, index) => index > 0 && step !== 'outputs');
  return (telling.length === 0 ? 'VALUE' : telling.join('_')).replace(/\W/g, '_').toUpperCase();
}

function isOfTheRunner(name: string): boolean {
  return [...ofTheRunner.values()].includes(name);
}
