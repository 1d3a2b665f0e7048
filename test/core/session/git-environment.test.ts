import { describe, expect, test } from 'vitest';
import { gitEnvironment } from '../../../src/core/session/git-environment.ts';

const file = '/tmp/s/gitconfig';

describe('the variables that make git include a file', () => {
  test('where there were none', () => {
    expect(gitEnvironment(file, {}, null)).toEqual({
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'include.path',
      GIT_CONFIG_VALUE_0: file,
      GIT_CONFIG_PARAMETERS: `'include.path=/tmp/s/gitconfig'`,
    });
  });

  test('beside those of others', () => {
    const env = {
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_1: 'a.b',
      GIT_CONFIG_VALUE_1: 'c',
      GIT_CONFIG_PARAMETERS: `'core.abbrev'='9'`,
    };
    expect(gitEnvironment(file, env, null)).toEqual({
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_2: 'include.path',
      GIT_CONFIG_VALUE_2: file,
      GIT_CONFIG_PARAMETERS: `'core.abbrev'='9' 'include.path=/tmp/s/gitconfig'`,
    });
  });

  test('in place of an earlier setup, which the file holds', () => {
    const first = gitEnvironment('/tmp/first', { GIT_CONFIG_COUNT: '1' }, null);
    const later = {
      ...first,
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_PARAMETERS: `${first.GIT_CONFIG_PARAMETERS} 'a.b=c'`,
    };
    expect(gitEnvironment(file, later, '/tmp/first')).toEqual({
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_1: 'include.path',
      GIT_CONFIG_VALUE_1: file,
      GIT_CONFIG_PARAMETERS: `'include.path=/tmp/s/gitconfig' 'a.b=c'`,
    });
  });

  test.each([
    [`/tmp/it's`, `'include.path=/tmp/it'\\''s'`],
    ['/tmp/wow!', `'include.path=/tmp/wow'\\!''`],
    ['/tmp/a b=c', `'include.path=/tmp/a b=c'`],
  ])('%s, quoted as git does', (path, expected) => {
    expect(gitEnvironment(path, {}, null).GIT_CONFIG_PARAMETERS).toBe(expected);
  });

  test('a count that is none is left to its owner', () => {
    expect(gitEnvironment(file, { GIT_CONFIG_COUNT: 'x' }, null)).toEqual({
      GIT_CONFIG_PARAMETERS: `'include.path=/tmp/s/gitconfig'`,
    });
  });
});
