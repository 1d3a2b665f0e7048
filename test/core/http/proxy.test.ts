import { describe, expect, test } from 'vitest';
import type { Env } from '../../../src/core/env.ts';
import { Failure } from '../../../src/core/failure.ts';
import { proxyFor } from '../../../src/core/http/proxy.ts';

const proxy = 'http://proxy.example.com:3128/';

function chosen(url: string, env: Env): string | null {
  return proxyFor(new URL(url), env)?.href ?? null;
}

describe('proxyFor', () => {
  test.each<[string, Env, string | null]>([
    ['https://api.github.com/', {}, null],
    ['https://api.github.com/', { HTTPS_PROXY: '' }, null],
    ['https://api.github.com/', { HTTPS_PROXY: proxy }, proxy],
    ['https://api.github.com/', { https_proxy: proxy, HTTPS_PROXY: 'http://other.example.com' }, proxy],
    ['https://api.github.com/', { HTTPS_PROXY: 'proxy.example.com:3128' }, proxy],
    ['https://api.github.com/', { HTTP_PROXY: proxy, http_proxy: proxy }, null],
  ])('%s with %j goes through %s', (url, env, expected) => {
    expect(chosen(url, env)).toBe(expected);
  });

  test.each<[string, string, boolean]>([
    ['https://git.example.com/', '*', true],
    ['https://git.example.com/', 'git.example.com', true],
    ['https://git.example.com/', 'GIT.example.com', true],
    ['https://git.example.com/', 'example.com', true],
    ['https://git.example.com/', '.example.com', true],
    ['https://git.example.com/', '*.example.com', true],
    ['https://git.example.com/', 'localhost, example.com', true],
    ['https://git.example.com/', 'localhost example.com', true],
    ['https://git.example.com/', 'example.com:443', true],
    ['https://git.example.com:8443/', 'example.com:8443', true],
    ['https://git.example.com/', 'example.com:8443', false],
    ['https://git.evilexample.com/', 'example.com', false],
    ['https://git.example.com.evil.org/', 'example.com', false],
    ['https://git.example.com/', '', false],
    ['https://10.1.2.3/', '10.0.0.0/8', true],
    ['https://11.1.2.3/', '10.0.0.0/8', false],
    ['https://10.1.2.3/', '10.1.2.3', true],
    ['https://10.1.2.3/', '10.0.0.0/99', false],
    ['https://[fd00::1]/', 'fd00::/8', true],
    ['https://[fd00::1]/', '[fd00::1]', true],
    ['https://[fd00::1]/', '10.0.0.0/8', false],
  ])('%s with NO_PROXY=%s is exempt: %s', (url, list, exempt) => {
    expect(chosen(url, { HTTPS_PROXY: proxy, NO_PROXY: list })).toBe(exempt ? null : proxy);
  });

  test.each(['https://localhost:8443/', 'https://127.0.0.2/', 'https://[::1]/', 'http://127.0.0.1:3000/'])(
    'rule 8: %s is never asked through a proxy',
    (url) => {
      expect(chosen(url, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, http_proxy: proxy })).toBeNull();
    },
  );

  test.each(['socks5://user:canary-proxy@proxy.example.com', 'http://', 'http://canary-proxy%zz@h'])(
    'refuses %s without showing it',
    (value) => {
      const error = caught(() => chosen('https://api.github.com/', { HTTPS_PROXY: value }));
      expect(error).toMatchObject({ code: 'refused' });
      expect(`${error.message} ${error.hint}`).toContain('HTTPS_PROXY');
      expect(`${error.message} ${error.hint}`).not.toContain('canary');
    },
  );
});

function caught(act: () => unknown): Failure {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error('nothing was refused');
}
