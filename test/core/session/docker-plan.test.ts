import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { Secret } from '../../../src/core/secret.ts';
import { planDocker } from '../../../src/core/session/docker-plan.ts';
import type { SessionSetting } from '../../../src/core/session/session-plan.ts';
import { type SceneOptions, scene } from './scene.ts';
import { setting } from './setting.ts';

function plan(options: SceneOptions, more: Partial<SessionSetting> = {}) {
  const { files, ...rest } = planDocker(scene(options), setting(more));
  const text = (name: string) => {
    const content = files.find((file) => file.name === name)?.content;
    // Whatever holds a login is a secret, so that it is written for us alone.
    return content instanceof Secret ? (JSON.parse(content.reveal()) as JsonObject) : null;
  };
  return { docker: text('docker/config.json'), containers: text('containers/auth.json'), ...rest };
}

/** docker's configuration so far. */
function had(config: JsonObject, stored: readonly string[] | null = null): Partial<SessionSetting> {
  return { dockerFacts: { seed: { config, stored }, containers: [config] } };
}

const login = (name: string) => ({ auth: Buffer.from(`x-access-token:canary-${name}`).toString('base64') });
const ghcr = { name: 'ghcr', provider: 'registry', registries: ['ghcr.io'] } as const;
const hub = { name: 'hub', provider: 'registry', registries: ['docker.io'] } as const;
const theirs = { auth: 'dGhlaXJzOmNhbmFyeQ==' };

describe('docker', () => {
  test('gets host keys, and Docker Hub the key it has there', () => {
    const { docker, environment } = plan({ samples: [ghcr, hub] });
    expect(docker).toEqual({
      auths: { 'ghcr.io': login('ghcr'), 'https://index.docker.io/v1/': login('hub') },
    });
    expect(environment).toEqual({
      DOCKER_CONFIG: '/tmp/session/docker',
      REGISTRY_AUTH_FILE: '/tmp/session/containers/auth.json',
      APPTAINER_AUTH_FILE: '/tmp/session/containers/auth.json',
    });
  });

  test('keeps what it had for other hosts, and whatever else its file says', () => {
    const config = {
      auths: { 'quay.io': theirs, 'ghcr.io': theirs, 'https://ghcr.io/v1/': theirs },
      credHelpers: { 'gcr.io': 'gcloud', 'ghcr.io': 'old' },
      proxies: { default: { httpProxy: 'http://proxy.example.com' } },
      currentContext: 'remote',
      plugins: { buildx: { a: 'b' } },
    };
    expect(plan({ samples: [ghcr] }, had(config)).docker).toEqual({
      ...config,
      auths: { 'ghcr.io': login('ghcr'), 'quay.io': theirs },
      credHelpers: { 'gcr.io': 'gcloud' },
    });
  });

  test('a store becomes a helper of each host it has a login for, since it would hide ours', () => {
    const config = { credsStore: 'desktop', auths: { 'quay.io': {} } };
    const stored = ['https://index.docker.io/v1/', 'quay.io', 'ghcr.io', 'https://docker.elastic.co/'];
    expect(plan({ samples: [ghcr] }, had(config, stored)).docker).toEqual({
      auths: { 'ghcr.io': login('ghcr'), 'quay.io': {} },
      credHelpers: {
        'https://index.docker.io/v1/': 'desktop',
        'quay.io': 'desktop',
        'docker.elastic.co': 'desktop',
      },
    });
  });

  test('a store that does not say what it has stays, and our hosts are read from the file', () => {
    expect(plan({ samples: [ghcr] }, had({ credsStore: 'osxkeychain' })).docker).toEqual({
      credsStore: 'osxkeychain',
      auths: { 'ghcr.io': login('ghcr') },
      credHelpers: { 'ghcr.io': '' },
    });
  });

  test('nothing is written when no registry needs a login', () => {
    const options = { samples: [ghcr], registries: ['quay.io/acme/tool'] };
    expect(plan(options)).toMatchObject({ docker: null, containers: null, environment: {} });
    expect(plan({ samples: [ghcr] }, { docker: 'none' })).toMatchObject({ docker: null, environment: {} });
  });
});

describe('several namespaces of one host', () => {
  const team = { name: 'team', provider: 'registry', registries: ['ghcr.io/team'] } as const;
  const lab = { name: 'lab', provider: 'registry', registries: ['ghcr.io/lab'] } as const;

  test("podman tells them apart, docker gets the first target's, and people are told", () => {
    const options = { samples: [team, lab], registries: ['ghcr.io/lab/a:1', 'ghcr.io/team/b:1'] };
    const { docker, containers, warnings } = plan(options);
    expect(containers).toEqual({ auths: { 'ghcr.io/team': login('team'), 'ghcr.io/lab': login('lab') } });
    expect(docker).toEqual({ auths: { 'ghcr.io': login('lab') } });
    expect(warnings).toEqual([
      'docker knows one login per host: for ghcr.io it is now that of lab, whatever the namespace; podman, buildah and skopeo choose by namespace, buildx by the images that are targets.',
    ]);
  });

  test('one for the whole host comes before', () => {
    const { docker } = plan({ samples: [lab, ghcr], registries: ['ghcr.io/lab/a:1', 'ghcr.io/other'] });
    expect(docker).toEqual({ auths: { 'ghcr.io': login('ghcr') } });
  });

  test('a single one takes the place of a login for the host, which is told', () => {
    const { warnings, containers } = plan({ samples: [lab] }, had({ auths: { 'ghcr.io': theirs } }));
    expect(warnings).toHaveLength(1);
    expect(containers).toEqual({ auths: { 'ghcr.io': theirs, 'ghcr.io/lab': login('lab') } });
  });

  test('a second setup of the job finds the same login, of which there is nothing to tell', () => {
    const { warnings } = plan({ samples: [lab] }, had({ auths: { 'ghcr.io': login('lab') } }));
    expect(warnings).toEqual([]);
  });
});

describe('podman, buildah and skopeo', () => {
  test('find what they had, the first file first, under names they know', () => {
    const containers = [
      { auths: { 'quay.io/acme': theirs }, credHelpers: { 'gcr.io': 'gcloud' } },
      {
        auths: {
          'quay.io/acme': { auth: 'bGF0ZXI6Y2FuYXJ5' },
          'https://index.docker.io/v1/': theirs,
          'empty.io': {},
        },
        credHelpers: { 'ghcr.io': 'hides', 'quay.io': '' },
        credsStore: 'ignored',
      },
    ];
    const facts = { dockerFacts: { seed: { config: null, stored: null }, containers } };
    expect(plan({ samples: [ghcr] }, facts).containers).toEqual({
      auths: { 'docker.io': theirs, 'quay.io/acme': theirs, 'ghcr.io': login('ghcr') },
      credHelpers: { 'gcr.io': 'gcloud' },
    });
  });

  test('find no other login where ours covers', () => {
    const lab = { name: 'lab', provider: 'registry', registries: ['ghcr.io/lab'] } as const;
    const auths = { 'ghcr.io/lab/tool': theirs, 'ghcr.io/lab': theirs, 'ghcr.io/labs': theirs };
    expect(plan({ samples: [lab] }, had({ auths })).containers).toEqual({
      auths: { 'ghcr.io/labs': theirs, 'ghcr.io/lab': login('lab') },
    });
  });

  test('are let in by nobody where nobody may, though somebody may above', () => {
    const old = {
      name: 'old',
      provider: 'registry',
      registries: ['ghcr.io/old'],
      expires: new Date(0),
    } as const;
    const { containers, docker } = plan({ samples: [ghcr, old], registries: ['ghcr.io', 'ghcr.io/old'] });
    expect(containers).toEqual({ auths: { 'ghcr.io': login('ghcr'), 'ghcr.io/old': {} } });
    // They read docker's file next.
    expect(docker).toEqual(containers);
  });
});

test("rule 24: docker: home leaves docker's own file to be changed, and says what is given up", () => {
  const { docker, containers, environment, dockerHome, warnings } = plan(
    { samples: [ghcr] },
    { docker: 'home' },
  );
  expect(docker).toBeNull();
  expect(containers).not.toBeNull();
  expect(Object.keys(environment)).toEqual(['REGISTRY_AUTH_FILE', 'APPTAINER_AUTH_FILE']);
  expect(dockerHome).toMatchObject([{ host: 'ghcr.io' }]);
  expect(warnings.join()).toContain('every job of this user');
});
