import { expect, test } from 'vitest';
import { childEnvironment } from '../../src/core/child-environment.ts';

test('rule 21: inputs, the manifest and what it names never reach a child', () => {
  const env = {
    PATH: '/bin',
    INPUT_MANIFEST: 'canary',
    input_token: 'canary',
    PIPELINE_CREDENTIALS: 'canary',
    APP_KEY: 'canary',
    APP_KEY_ID: 'kept',
    UNSET: undefined,
  };
  expect(childEnvironment(env, new Set(['APP_KEY']), { DOCKER_CONFIG: '/session/docker' })).toEqual({
    PATH: '/bin',
    APP_KEY_ID: 'kept',
    DOCKER_CONFIG: '/session/docker',
  });
});
