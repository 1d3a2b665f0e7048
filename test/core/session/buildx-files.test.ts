import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { planDocker } from '../../../src/core/session/docker-plan.ts';
import { type SceneOptions, scene } from './scene.ts';
import { setting } from './setting.ts';

/** Name and login of what is written for buildx, and the variable. */
function buildx(options: SceneOptions, more: Parameters<typeof setting>[0] = {}) {
  const { files, environment } = planDocker(scene(options), setting(more));
  const logins = files
    .filter(({ name }) => name.includes('/buildx/'))
    .map(({ name, content }) => {
      const { auths } = JSON.parse(content instanceof Secret ? content.reveal() : '{}');
      const [[key = '', { auth }] = ['', { auth: '' }]] = Object.entries<{ auth: string }>(auths);
      return [name.replace('docker/buildx/config/', ''), key, Buffer.from(auth, 'base64').toString()];
    });
  return { logins, variable: environment.BUILDX_CONFIG };
}

const two: SceneOptions = {
  samples: [
    { name: 'acme', provider: 'registry', registries: ['ghcr.io/acme'] },
    { name: 'lab', provider: 'registry', registries: ['ghcr.io/lab'] },
  ],
  registries: ['ghcr.io/acme/tool:1', `ghcr.io/lab/app@sha256:${'a'.repeat(64)}`, 'ghcr.io/lab/deep/er'],
};

test('images whose credential is not that of docker’s host key get a folder each', () => {
  expect(buildx(two)).toEqual({
    logins: [
      ['ghcr.io/lab/app/config.json', 'ghcr.io', 'x-access-token:canary-lab'],
      ['ghcr.io/lab/deep/er/config.json', 'ghcr.io', 'x-access-token:canary-lab'],
    ],
    variable: undefined,
  });
});

test('Docker Hub has another name there', () => {
  const options: SceneOptions = {
    samples: [
      { name: 'all', provider: 'registry', registries: ['docker.io'] },
      { name: 'lab', provider: 'registry', registries: ['docker.io/lab'] },
    ],
    registries: ['docker.io', 'lab/tool'],
  };
  expect(buildx(options).logins).toEqual([
    ['registry-1.docker.io/lab/tool/config.json', 'https://index.docker.io/v1/', 'x-access-token:canary-lab'],
  ]);
});

test('a folder of its own that the job has named is replaced', () => {
  expect(buildx(two, { env: { BUILDX_CONFIG: '/opt/buildx' } }).variable).toBe('/tmp/session/docker/buildx');
  expect(
    buildx({ ...two, registries: ['ghcr.io/acme/tool'] }, { env: { BUILDX_CONFIG: '/opt/buildx' } }),
  ).toEqual({
    logins: [],
    variable: undefined,
  });
});

test('nothing is written where docker has its own file, or is left alone', () => {
  expect(buildx(two, { docker: 'home' }).logins).toEqual([]);
  expect(buildx(two, { docker: 'none' }).logins).toEqual([]);
});
