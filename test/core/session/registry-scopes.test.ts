import { expect, test } from 'vitest';
import { containersKey } from '../../../src/core/session/docker-key.ts';
import { registryScopes } from '../../../src/core/session/registry-scopes.ts';
import { type SceneOptions, scene } from './scene.ts';

function written(options: SceneOptions): readonly string[] {
  return registryScopes(scene(options)).map(
    (settled) => `${containersKey(settled.scope)} -> ${settled.grant?.credential ?? 'nobody'}`,
  );
}

const lab = { name: 'lab', provider: 'registry', registries: ['registry.example.com/lab'] } as const;
const host = { name: 'host', provider: 'registry', registries: ['registry.example.com'] } as const;
const old = { ...lab, name: 'old', registries: ['registry.example.com/lab/old'], expires: new Date(0) };

test.each<[string, SceneOptions, readonly string[]]>([
  [
    'without targets, all',
    { samples: [lab, host] },
    ['registry.example.com -> host', 'registry.example.com/lab -> lab'],
  ],
  [
    'with targets, whom they need, where they say they are for',
    { samples: [lab, { ...host, registries: ['quay.io'] }], registries: ['registry.example.com/lab/tool:1'] },
    ['registry.example.com/lab -> lab'],
  ],
  [
    'what the job does not need is taken out of what covers it',
    { samples: [lab, host], registries: ['registry.example.com/other'] },
    ['registry.example.com -> host', 'registry.example.com/lab -> nobody'],
  ],
  [
    'a target whose credential has expired is not served by the one above',
    { samples: [lab, old], registries: ['registry.example.com/lab/a', 'registry.example.com/lab/old'] },
    ['registry.example.com/lab -> lab', 'registry.example.com/lab/old -> nobody'],
  ],
  [
    'a pinned target stands by itself',
    {
      samples: [lab, host],
      registries: ['registry.example.com/lab/a', 'registry.example.com/lab/b'],
      pins: { 'registry.example.com/lab/b': 'host' },
    },
    ['registry.example.com -> host', 'registry.example.com/lab -> lab', 'registry.example.com/lab/b -> host'],
  ],
  [
    'one for writing stands at its targets where reading is for another',
    {
      samples: [
        { ...lab, name: 'reader', access: 'read' },
        { ...lab, name: 'writer', access: 'write' },
      ],
      registries: ['registry.example.com/lab/a', 'registry.example.com/lab/b write'],
    },
    ['registry.example.com/lab -> reader', 'registry.example.com/lab/b -> writer'],
  ],
  [
    'Docker Hub under its names is one',
    {
      samples: [{ name: 'hub', provider: 'registry', registries: ['docker.io'] }],
      registries: ['index.docker.io/acme/tool', 'alpine:3'],
    },
    ['docker.io -> hub'],
  ],
  [
    'a token of a git host signs in to the registries it names',
    { samples: [{ name: 'gh', url: 'https://github.com/acme', registries: ['ghcr.io/acme'] }] },
    ['ghcr.io/acme -> gh'],
  ],
])('%s', (_name, options, expected) => {
  expect(written(options)).toEqual(expected);
});
