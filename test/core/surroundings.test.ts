import { describe, expect, test } from 'vitest';
import type { Env } from '../../src/core/env.ts';
import { checkSurroundings } from '../../src/core/surroundings.ts';

const workspace = '/builds/acme/site';

function check(env: Env, execArgv: readonly string[] = [], cwd = workspace) {
  return checkSurroundings({ env, execArgv, cwd, workspace });
}

describe('checkSurroundings', () => {
  test.each<[string, Env]>([
    ['NODE_TLS_REJECT_UNAUTHORIZED', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['GIT_SSL_NO_VERIFY', { GIT_SSL_NO_VERIFY: '1' }],
    ['GIT_SSL_NO_VERIFY', { GIT_SSL_NO_VERIFY: '' }],
  ])('rule 14: refuses %s', (name, env) => {
    expect(check(env)).toMatchObject({
      code: 'refused',
      exitCode: 2,
      message: expect.stringContaining(name),
    });
  });

  test.each([
    ['NODE_EXTRA_CA_CERTS', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['GIT_SSL_CAINFO', { GIT_SSL_NO_VERIFY: '1' }],
  ])('names %s, which does what was wanted', (name, env) => {
    expect(check(env)?.hint).toContain(name);
  });

  test.each<[string, Env]>([
    ['NODE_DEBUG', { NODE_DEBUG: 'http' }],
    ['--inspect', { NODE_OPTIONS: '--inspect' }],
    ['--inspect-brk', { NODE_OPTIONS: '--max-old-space-size=4096 --inspect-brk=0.0.0.0:9229' }],
    ['--inspect-brk', { NODE_OPTIONS: '--inspect_brk' }],
    ['--heapsnapshot-signal', { NODE_OPTIONS: '--heapsnapshot-signal=SIGUSR2' }],
    ['--heapsnapshot-near-heap-limit', { NODE_OPTIONS: '"--heapsnapshot-near-heap-limit=1"' }],
    ['--heap-prof', { NODE_OPTIONS: '--heap-prof' }],
    ['--tls-keylog', { NODE_OPTIONS: '--tls-keylog=keys' }],
    ['NODE_OPTIONS', { NODE_OPTIONS: `--require ${workspace}/evil.js` }],
    ['NODE_OPTIONS', { NODE_OPTIONS: '-r ./evil.js' }],
    ['NODE_OPTIONS', { NODE_OPTIONS: '-r ./..hidden/evil.js' }],
    ['NODE_OPTIONS', { NODE_OPTIONS: '-r dd-trace/ci/init' }],
    ['NODE_OPTIONS', { NODE_OPTIONS: '--require=../site/evil.js' }],
    ['NODE_OPTIONS', { NODE_OPTIONS: `--import "file://${workspace}/ev\\\\il.mjs"` }],
    ['NODE_OPTIONS', { NODE_OPTIONS: `--import=${workspace}/a/../evil.mjs` }],
    ['NODE_OPTIONS', { NODE_OPTIONS: `--experimental-loader ${workspace}/evil.mjs` }],
    ['NODE_OPTIONS', { NODE_OPTIONS: '--report-on-signal' }],
    ['NODE_OPTIONS', { NODE_OPTIONS: '--report_uncaught_exception' }],
    ['NODE_OPTIONS', { NODE_OPTIONS: '--openssl-config=libraries.cnf' }],
  ])('rule 23: refuses %s of %j', (name, env) => {
    expect(check(env)).toMatchObject({ code: 'refused', message: expect.stringContaining(`${name} `) });
    expect(check(env)?.hint).toMatch(/^Unset NODE_(?:OPTIONS|DEBUG) for this step/);
  });

  test.each(['--inspect', '--inspect=9229', '--heap-prof', '--heapsnapshot-signal=SIGUSR2'])(
    'rule 23: refuses node started with %s',
    (option) => {
      expect(check({}, ['--enable-source-maps', option])).toMatchObject({ code: 'refused' });
    },
  );

  test.each<Env>([
    {},
    { NODE_TLS_REJECT_UNAUTHORIZED: '1' },
    { NODE_DEBUG: '' },
    { NODE_OPTIONS: '' },
    { NODE_OPTIONS: '--max-old-space-size=4096 --enable-source-maps' },
    { NODE_OPTIONS: '--require /opt/agent/preload.js --import file:///opt/agent/preload.mjs' },
    { NODE_OPTIONS: '--require /builds/acme/site-tools/preload.js' },
    { NODE_OPTIONS: '--require' },
    { NODE_EXTRA_CA_CERTS: '/etc/ca.pem', GIT_SSL_CAINFO: '/etc/ca.pem' },
  ])('lets %j pass', (env) => {
    expect(check(env)).toBeNull();
  });

  test('lets a preloaded module pass where there is no workspace, or another current folder', () => {
    const env = { NODE_OPTIONS: '-r preload' };
    expect(checkSurroundings({ env, execArgv: [], cwd: workspace, workspace: null })).toBeNull();
    expect(check(env, [], '/opt')).toBeNull();
  });

  test.each([
    ['-r D:\\\\a\\\\site\\\\evil.js', true],
    ['--import file:///D:/a/site/evil.mjs', true],
    ['-r ./evil.js', true],
    ['-r C:/tools/preload.js', false],
  ])('rule 23: tells %s apart on Windows, too', (NODE_OPTIONS, refused) => {
    const folder = 'D:\\a\\site';
    const told = checkSurroundings({ env: { NODE_OPTIONS }, execArgv: [], cwd: folder, workspace: folder });
    expect(told !== null).toBe(refused);
  });

  test('never shows a value', () => {
    const told = check({ NODE_OPTIONS: `-r ${workspace}/canary.js` });
    expect(`${told?.message} ${told?.hint}`).not.toContain('canary');
    expect(check({ NODE_DEBUG: 'canary' })?.message).not.toContain('canary');
  });
});
