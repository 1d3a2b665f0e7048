import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startForge } from '../../src/demo/forge.ts';
import { makeCertificate } from './certificate.ts';

test('git trusts a forge with a certificate of the authority, and only with the authority known', async () => {
  const { key, cert, ca } = await makeCertificate();
  const repositories = [{ name: 'acme/public', private: false }];
  await using forge = await startForge({ address: '127.0.0.2', tls: { key, cert }, repositories });
  const folder = await mkdtemp(join(tmpdir(), 'certificate-test-'));
  await writeFile(join(folder, 'ca.pem'), ca);
  const own = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' };
  const list = (env: Record<string, string>) =>
    promisify(execFile)('git', ['ls-remote', `${forge.url}/acme/public`], { env: { ...own, ...env } });
  expect(forge.url).toMatch(/^https:\/\/127\.0\.0\.2:\d+$/);
  const { stdout } = await list({ GIT_SSL_CAINFO: join(folder, 'ca.pem') });
  expect(stdout).toContain('refs/heads/main');
  await expect(list({})).rejects.toThrow(/certificate/);
  await rm(folder, { recursive: true });
});
