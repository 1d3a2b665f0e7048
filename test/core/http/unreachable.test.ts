import { describe, expect, test } from 'vitest';
import { isTransient, proxyUnreachable, unreachable } from '../../../src/core/http/unreachable.ts';

const failed = (code: string) => unreachable('api.example.com', Object.assign(new Error('canary'), { code }));

describe('unreachable', () => {
  test.each([
    ['ENOTFOUND', 'the name api.example.com is not known here', 'HTTPS_PROXY'],
    ['ECONNREFUSED', 'refused the connection', 'firewall'],
    ['ETIMEDOUT', 'did not answer in time', 'firewall'],
    ['ECONNRESET', 'broke the connection off', 'proxies'],
    ['HPE_INVALID_CONSTANT', 'broke the connection off', 'proxies'],
    ['ENETUNREACH', 'no route', 'network'],
    ['CERT_HAS_EXPIRED', 'not valid at this time', 'clock'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'for another name', 'name'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'authority', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'authority', 'NODE_EXTRA_CA_CERTS'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'authority', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak TLS', 'port'],
    ['EPROTO', 'does not speak TLS', 'port'],
    ['ESOMETHING', 'the request to api.example.com failed', 'address'],
  ])('%s is told as "%s"', (code, message, hint) => {
    const failure = failed(code);
    expect(failure).toMatchObject({ code: 'unreachable' });
    expect(failure.message).toContain(message);
    expect(failure.message).toContain(code);
    expect(failure.hint).toContain(hint);
  });

  test('a proxy is told from the host behind it', () => {
    const failure = proxyUnreachable(
      'proxy.example.com:3128',
      Object.assign(new Error('canary'), { code: 'ECONNREFUSED' }),
    );
    expect([failure.message, failure.hint]).toEqual([
      'Cannot reach the proxy proxy.example.com:3128: proxy.example.com:3128 refused the connection (ECONNREFUSED).',
      'Check the variable HTTPS_PROXY, or name the hosts that need no proxy in NO_PROXY.',
    ]);
  });

  test('rule 26: the text of a foreign error is never told', () => {
    const strange = Object.assign(new Error('canary'), { code: 'bad canary' });
    expect(unreachable('h', strange).message + failed('ECONNRESET').message).not.toContain('canary');
    expect(unreachable('h', null).message).toBe('Cannot reach h: the request to h failed.');
  });
});

test.each([
  ['ECONNRESET', true],
  ['ETIMEDOUT', true],
  ['EAI_AGAIN', true],
  ['ENOTFOUND', false],
  ['ECONNREFUSED', false],
  ['CERT_HAS_EXPIRED', false],
])('%s heals by itself: %s', (code, heals) => {
  expect(isTransient(failed(code))).toBe(heals);
});
