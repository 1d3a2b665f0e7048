import { isMap, isScalar, parseDocument, visit } from 'yaml';
import type { Finding, FoundFile } from './finding.ts';

/** Images that a Dockerfile builds on. Names of its own stages and of variables are none. */
export function dockerfileImages({ path, text }: FoundFile): readonly Finding[] {
  const stages = new Set<string>();
  return text.split(/\r?\n/).flatMap((line) => {
    const [, image = '', stage] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    const copied = /^\s*COPY\s+(?:--\S+\s+)*--from=(\S+)/i.exec(line)?.[1] ?? '';
    const found = [image, copied].filter(
      (one) => one !== '' && !stages.has(one.toLowerCase()) && !/^(?:scratch|\d+)$/i.test(one),
    );
    if (stage !== undefined) stages.add(stage.toLowerCase());
    return imagesOf(found, path);
  });
}

/** Images that compose files, workflows and pipelines name: the values of `image`, `container` and `uses: docker://`. */
export function yamlImages({ path, text }: FoundFile): readonly Finding[] {
  const images: string[] = [];
  visit(parseDocument(text, { logLevel: 'silent', schema: 'failsafe' }), {
    Pair: (_index, { key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      const named = isMap(value) ? value.get('name') : isScalar(value) ? value.value : null;
      if (/^(?:image|container)$/.test(name) && typeof named === 'string') images.push(named);
      if (name === 'uses' && typeof named === 'string' && named.startsWith('docker://'))
        images.push(named.slice(9));
    },
  });
  return imagesOf(images, path);
}

/** Containers of Nextflow processes and configurations: `container 'x'`, `process.container = "x"`. */
export function nextflowImages({ path, text }: FoundFile): readonly Finding[] {
  const found = [...text.matchAll(/\bcontainer\s*=?\s*(["'])([^"'\n]+)\1/g)].map(([, , image = '']) => image);
  return imagesOf(found, path);
}

/** What names a variable cannot be told from here. */
function imagesOf(images: readonly string[], file: string): readonly Finding[] {
  return [...new Set(images)]
    .filter((image) => /^[a-z0-9]/i.test(image) && !/[${}\s]/.test(image))
    .map((image) => ({ kind: 'image', image, file }));
}
