import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { knownHostsFor } from '../../../src/core/session/known-hosts.ts';
import { publicHostKeys } from '../../../src/core/session/public-host-keys.ts';

const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
const server = { host: 'git.example.com', port: 22 };
const onPort = { host: 'git.example.com', port: 2222 };

describe('rule 32: known hosts are those of the session', () => {
  /** As published by the hosts, on the pages that public-host-keys.ts names. */
  test.each([
    [
      'github.com',
      [
        '+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
        'p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM',
        'uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s',
      ],
    ],
    [
      'gitlab.com',
      [
        'eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8',
        'HbW3g8zUjNSksFbqTiUWPWg2Bq1x8xdGUrliXFzSnUw',
        'ROQFvPThGrW4RuWLoL9tq9I9zJ42fK4XywyRtbOz/EQ',
      ],
    ],
    [
      'bitbucket.org',
      [
        'ybgmFkzwOSotHTHLJgHO0QN8L0xErw6vd0VhFA9m3SM',
        'FC73VB6C4OQLSCrjEayhMp9UMxS97caD/Yyi2bhW/J0',
        '46OSHA1Rmj8E8ERTC6xkNcmGOw9oFxYr0WF6zWW8l1E',
      ],
    ],
    ['ssh.dev.azure.com', ['ohD8VZEXGWo6Ez8GSEJQ9WpafgLFsOfLOtGGQCQo6Og']],
  ])('the keys of %s have the published fingerprints', (host, fingerprints) => {
    const keys = publicHostKeys.get(host) ?? [];
    expect(keys.map((key) => fingerprint(key.split(' ')[1] ?? ''))).toEqual(fingerprints);
  });

  test('public hosts are known without a word, also over the https port', () => {
    expect(knownHostsFor({ host: 'github.com', port: 22 }, null)).toContain(`github.com ${ed25519}\n`);
    expect(knownHostsFor({ host: 'ssh.github.com', port: 443 }, null)).toContain(
      `[ssh.github.com]:443 ${ed25519}\n`,
    );
  });

  test.each([
    { host: 'git.example.com', port: 22 },
    { host: 'github.com', port: 2222 },
    { host: 'github.com.evil.example', port: 22 },
    { host: 'git-codecommit.eu-west-1.amazonaws.com', port: 22 },
  ])('any other must be told: $host:$port', (unknown) => {
    expect(knownHostsFor(unknown, null)).toMatchObject({ code: 'known-hosts-missing' });
  });

  test("the manifest's word replaces the published keys", () => {
    const own = ed25519.replace('ssh-ed25519 ', 'github.com ssh-ed25519 ');
    expect(knownHostsFor({ host: 'github.com', port: 22 }, own)).toBe(`${own}\n`);
  });
});

describe('lines of the manifest', () => {
  test.each([
    ['one host', `git.example.com ${ed25519}`, server, `git.example.com ${ed25519}\n`],
    [
      'in any case, with an address and a comment',
      `GIT.example.com,192.0.2.1 ${ed25519} me`,
      server,
      `git.example.com ${ed25519}\n`,
    ],
    ['a port', `[git.example.com]:2222 ${ed25519}`, onPort, `[git.example.com]:2222 ${ed25519}\n`],
    [
      'a certificate authority',
      `@cert-authority git.example.com ${ed25519}`,
      server,
      `@cert-authority git.example.com ${ed25519}\n`,
    ],
    [
      'comments, empty lines and other hosts left out',
      `# keys\r\n\r\nother.example.com ${ed25519}\r\ngit.example.com ${ed25519}\r\n`,
      server,
      `git.example.com ${ed25519}\n`,
    ],
  ])('%s', (_, given, wanted, expected) => {
    expect(knownHostsFor(wanted, given)).toBe(expected);
  });

  test.each([
    ['another host', `other.example.com ${ed25519}`],
    ['a wildcard', `*.example.com ${ed25519}`],
    ['everything', `* ${ed25519}`],
    ['another port', `[git.example.com]:2222 ${ed25519}`],
    ['a revoked key alone', `@revoked git.example.com ${ed25519}`],
    ['nothing', ''],
  ])('%s is not enough', (_, given) => {
    expect(knownHostsFor(server, given)).toMatchObject({ code: 'known-hosts-other' });
  });

  test.each([
    ['words', 'trust me please'],
    ['a key of another type than it says', `git.example.com ${ed25519.replace('ssh-ed25519', 'ssh-rsa')}`],
    ['an option', 'ProxyCommand sh -c evil'],
    ['no key', 'git.example.com ssh-ed25519'],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ])('%s is refused, unseen', (_, given) => {
    const fault = knownHostsFor(server, `git.example.com ${ed25519}\n${given}`);
    expect(fault).toMatchObject({ code: 'known-hosts-line' });
    expect(JSON.stringify(fault)).not.toContain(given.slice(0, 5));
  });

  test('hashed names are understood', () => {
    const hashed = (name: string) => {
      const salt = Buffer.from('twenty bytes of salt');
      const hash = createHmac('sha1', salt).update(name).digest('base64');
      return `|1|${salt.toString('base64')}|${hash} ${ed25519}\n`;
    };
    const given = hashed('git.example.com') + hashed('[git.example.com]:2222');
    expect(knownHostsFor(server, given)).toBe(`git.example.com ${ed25519}\n`);
    expect(knownHostsFor(onPort, given)).toBe(`[git.example.com]:2222 ${ed25519}\n`);
    expect(knownHostsFor({ host: 'other.example.com', port: 22 }, given)).toMatchObject({
      code: 'known-hosts-other',
    });
  });
});

function fingerprint(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '');
}
