import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shareWorld } from './shared-world.ts';

const shared = shareWorld();

describe.each([['bash'], ['dash'], ['busybox', 'sh'], ['sh']])('in %s', (...shell) => {
  const found = (process.env.PATH ?? '')
    .split(':')
    .some((folder) => existsSync(join(folder, shell[0] ?? '')));
  const script = (text: string) =>
    shared.laptop.run([
      ...(shell as [string]),
      '-c',
      text.replaceAll('CLI', `'${shared.laptop.node}' '${shared.laptop.script}'`),
    ]);

  test.skipIf(!found)('eval signs the shell in, and out again', async () => {
    const { url } = shared.world.forge;
    const { code, stdout, stderr } = await script(`
      export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0="It's me" INPUT_X=canary-input
      eval "$(CLI setup --quiet --format sh)" || exit 1
      git ls-remote -q ${url}/acme/rnaseq HEAD | cut -f 2
      git config user.name
      echo "manifest: \${PIPELINE_CREDENTIALS-unset} \${INPUT_X-unset}"
      eval "$(CLI cleanup --quiet --format sh)" || exit 2
      echo "$GIT_CONFIG_COUNT $GIT_CONFIG_VALUE_0 \${DOCKER_CONFIG-unset}"
      git ls-remote -q ${url}/acme/rnaseq HEAD`);
    expect([code, stdout]).toEqual([128, "HEAD\nIt's me\nmanifest: unset unset\n1 It's me unset\n"]);
    expect(stderr).toContain('could not read Username');
    shared.expectNothingLeft();
  });

  test.skipIf(!found)('a cleanup that no shell read is made up for by one that it reads', async () => {
    const { code, stdout } = await script(`
      eval "$(CLI setup --quiet --format sh)" || exit 1
      CLI cleanup --quiet
      echo "\${DOCKER_CONFIG-unset}" | grep -c pipeline-credentials
      eval "$(CLI cleanup --quiet --format sh)" || exit 2
      echo "\${DOCKER_CONFIG-unset} \${GIT_CONFIG_COUNT-unset} \${GIT_CONFIG_PARAMETERS-unset}"
      env | grep -c pipeline-credentials-`);
    expect([code, stdout]).toEqual([1, '1\nunset unset unset\n0\n']);
    shared.expectNothingLeft();
  });

  test.skipIf(!found)('eval of a setup that failed fails', async () => {
    const { code, stdout } = await script(`
      export GLOBEX_TOKEN=
      eval "$(CLI setup --format sh 2>/dev/null)" && echo signed in
      echo "told: $?"; set -e
      eval "$(CLI setup --format sh 2>/dev/null)"; echo not reached`);
    expect([code, stdout]).toEqual([1, 'told: 1\n']);
    shared.expectNothingLeft();
  });
});
