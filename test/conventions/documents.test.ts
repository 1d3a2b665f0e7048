import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, read, root } from './sources.ts';

const documents = filesBelow('.').filter((path) => path.endsWith('.md'));
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

describe('documents', () => {
  test('link to what exists', () => {
    const broken = documents.flatMap((path) =>
      links(read(path))
        .filter((link) => !resolves(path, link))
        .map((link) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test('name npm scripts that exist', () => {
    const unknown = documents.flatMap((path) =>
      [...read(path).matchAll(/\bnpm run ([\w:-]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((name) => !(name in scripts))
        .map((name) => `${path}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test('show two commands to try, and the second is the test command', () => {
    const block = /^## Try it\n[\s\S]*?^```sh\n([\s\S]*?)^```$/m.exec(read('README.md'))?.[1];
    expect(block).toBe('node dist/cli/index.js demo\nnpm cit\n');
  });

  test('keep the markers between which tables are generated', () => {
    const markers = read('README.md').match(/^<!-- \/?\w+ -->$/gm);
    expect(markers).toEqual(
      ['inputs', 'outputs', 'verbs'].flatMap((name) => [`<!-- ${name} -->`, `<!-- /${name} -->`]),
    );
  });

  test('show every door and every room of the code', () => {
    const page = read('ARCHITECTURE.md');
    const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? `${entry.name}/` : entry.name,
    );
    expect(rooms.filter((name) => !page.includes(` ${name} `))).toEqual([]);
  });

  test('list every decision', () => {
    const pages = filesBelow('docs/decisions').map((path) => path.slice('docs/decisions/'.length));
    const listed = links(read('docs/decisions/README.md'));
    expect(listed).toEqual(pages.filter((name) => name !== 'README.md'));
  });
});

/** Targets of Markdown links outside code blocks. */
function links(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
}

function resolves(path: string, link: string): boolean {
  if (/^(?:https|mailto):/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? path : join(dirname(path), file);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || headings(read(target)).includes(anchor);
}

/** The anchors that GitHub gives to a document's headings. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
