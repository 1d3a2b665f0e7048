import { expect, test } from 'vitest';
import { planUses } from '../../../src/core/selection/uses.ts';
import { scene } from '../session/scene.ts';
import { credentials, today } from './samples.ts';

const samples = [
  { name: 'acme', url: 'https://github.com/acme' },
  { name: 'globex', url: 'https://github.com/globex' },
  { name: 'lab', provider: 'gitlab', registries: ['registry.example.com/lab'] },
  { name: 'hub', provider: 'registry', registries: ['docker.io'] },
  { name: 'gone', url: 'https://github.com/gone', expires: new Date('2020-01-01') },
  { name: 'idle', url: 'https://github.com/idle', active: false },
  { name: 'prod', url: 'https://github.com/prod', environments: ['production'] },
] as const;

function usesWith(repositories: readonly string[], registries: readonly string[]): Record<string, string> {
  const { selections } = scene({ samples, repositories, registries });
  const uses = planUses(credentials(...samples), selections, today);
  const count = (targets: readonly unknown[] | 'all') => (targets === 'all' ? 'all' : targets.length);
  return Object.fromEntries(
    uses.map((use) => [use.credential.name, `${count(use.repositories)}/${count(use.registries)}`]),
  );
}

test('without targets every active credential of the environment is used for all it covers', () => {
  expect(usesWith([], [])).toEqual({ acme: 'all/0', globex: 'all/0', lab: 'all/all', hub: '0/all' });
});

test('repository targets limit git, and only git', () => {
  expect(usesWith(['https://github.com/acme/a', 'https://github.com/acme/b'], [])).toEqual({
    acme: '2/0',
    lab: '0/all',
    hub: '0/all',
  });
});

test('registry targets limit registries, and only those', () => {
  expect(usesWith([], ['docker.io/library/alpine'])).toEqual({
    acme: 'all/0',
    globex: 'all/0',
    lab: 'all/0',
    hub: '0/1',
  });
});

test('targets that nobody serves leave nobody used', () => {
  expect(usesWith(['https://github.com/nf-core/tools'], ['quay.io/biocontainers'])).toEqual({});
});
