import { read } from '../conventions/sources.ts';

export const page = read('docs/json.md');

/** The sample below a heading. */
export function sample(heading: string): unknown {
  const [, text = ''] =
    new RegExp(`^## ${heading}\\n[\\s\\S]*?^\`\`\`json\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page) ?? [];
  return JSON.parse(text);
}

/** Every key, by its way from the root; what variables there are differs. */
export function keys(value: unknown, way = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keys(item, `${way}[]`));
  if (typeof value !== 'object' || value === null || way === '.environment' || way === '.restore') return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${way}.${key}`, ...keys(inner, `${way}.${key}`)]);
}
export const unique = (all: readonly string[]) => [...new Set(all)].toSorted();
