import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { planGit } from '../../../src/core/session/git-plan.ts';
import type { SessionSetting } from '../../../src/core/session/session-plan.ts';
import { type SceneOptions, scene } from './scene.ts';
import { setting } from './setting.ts';

const token = new Secret('canary-bearer');
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: new Secret('canary-key'), sessionToken: null };

function plan(options: SceneOptions, more: Partial<SessionSetting> = {}) {
  const { files, environment, warnings } = planGit(scene(options), setting(more));
  const text = Object.fromEntries(
    files.map(({ name, content }) => [name, content instanceof Secret ? content.reveal() : content]),
  );
  const secret = files.filter(({ content }) => content instanceof Secret).map(({ name }) => name);
  return { text, secret, environment, warnings, gitconfig: text.gitconfig ?? '' };
}

describe('a token that is sent as a Bearer', () => {
  const options: SceneOptions = {
    samples: [
      {
        name: 'dc',
        provider: 'bitbucket-data-center',
        url: 'https://dc.example.com/scm/LAB',
      },
    ],
    gitOnly: { dc: { kind: 'bearer', token } },
  };

  test('is printed by a helper to a git that takes it', () => {
    const { text, gitconfig } = plan(options, { gitFacts: { version: [2, 46], rewrites: [], netrc: null } });
    expect(text['secret/1']).toBe('capability[]=authtype\nauthtype=Bearer\ncredential=canary-bearer\n');
    expect(gitconfig).toContain('</tmp/session/secret/1; f'.replace('</', "<'/").replace('1;', "1';"));
    expect(gitconfig).not.toContain('[include]');
  });

  test('what a header gives up is said', () => {
    expect(plan(options).warnings).toEqual([expect.stringContaining('git 2.39 takes no Bearer token')]);
    expect(plan(options, { gitFacts: { version: [2, 46], rewrites: [], netrc: null } }).warnings).toEqual([]);
  });

  test('rule 13: is a header of its prefix otherwise, which git does not carry to another host', () => {
    const { text, secret, gitconfig } = plan(options);
    const url = 'https://dc.example.com/scm';
    for (const path of ['LAB', 'lab']) {
      expect(text['secret/1']).toContain(
        `[http "${url}/${path}"]\nextraheader = "Authorization: Bearer canary-bearer"\nfollowRedirects = false\n`,
      );
    }
    expect(text['secret/1']?.match(/\[http "/g)).toHaveLength(
      text['secret/1']?.match(/canary-bearer/g)?.length ?? 0,
    );
    expect(secret).toEqual(['secret/1']);
    expect(gitconfig.endsWith('[include]\npath = /tmp/session/secret/1\n')).toBe(true);
    expect(gitconfig).not.toContain('canary');
  });
});

describe("CodeCommit's keys", () => {
  const options: SceneOptions = {
    samples: [
      {
        name: 'aws',
        provider: 'codecommit',
        url: 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos',
      },
    ],
    gitOnly: { aws: { kind: 'codecommit', keys } },
  };

  test('are read by the signer, for each request', () => {
    const signer = { node: '/opt/node', code: () => 'sign()' };
    const { text, gitconfig } = plan(options, { signer });
    expect(JSON.parse(text['secret/1'] ?? '')).toEqual({
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'canary-key',
      sessionToken: null,
    });
    expect(gitconfig).toMatch(/helper = ".*'\/opt\/node' 'node'.*"/);
    expect(text['codecommit-signer.mjs']).toBe('sign()');
    expect(gitconfig).toContain('useHttpPath = true');
  });
});

/** The lines of one `[url ...]` section. */
function rules(gitconfig: string, base: string): readonly string[] {
  return (
    gitconfig
      .split(/^\[url /m)
      .find((section) => section.startsWith(`"${base}"]`))
      ?.split('\n') ?? []
  );
}

describe('an ssh key', () => {
  const key = { kind: 'ssh-key', key: new Secret('canary-ssh-key\n'), server: null } as const;
  const options: SceneOptions = {
    samples: [
      { name: 'token', url: 'https://github.com/acme' },
      { name: 'key', url: 'https://github.com/acme/private', access: 'read' },
    ],
    repositories: ['https://github.com/acme/tool', 'https://github.com/acme/private'],
    gitOnly: { key: { ...key, knownHosts: 'github.com ssh-ed25519 AAAA\n' } },
  };

  test('takes every spelling of its repository over to ssh, and leaves the others', () => {
    const { text, secret, environment, gitconfig } = plan(options);
    for (const from of [
      'https://github.com/acme/private',
      'git@github.com:acme/private',
      'ssh://git@github.com/acme/private',
      'ssh://git@github.com:22/acme/private',
      'ssh://git@ssh.github.com:443/acme/private',
    ]) {
      expect(rules(gitconfig, 'ssh://git@github.com/acme/private')).toContain(`insteadOf = ${from}`);
      expect(rules(gitconfig, from)).toContain(`pushInsteadOf = ${from}`);
    }
    expect(gitconfig).not.toContain('[credential "https://github.com/acme/private"]');
    expect(text['ssh/choose']).toContain("read':git@github.com:22/acme/private/') k=2 h='/tmp/session'");
    expect(text['ssh/choose']).not.toContain("write':git@github.com:22/acme/private/'");
    expect(text['ssh/known-hosts-2']).toBe('github.com ssh-ed25519 AAAA\n');
    expect(secret).toEqual(['secret/1', 'secret/2']);
    expect(environment.GIT_SSH_COMMAND).toContain("h='/tmp/session'");
  });

  test('where nobody signs in below it, https stays https, and the key serves no spelling', () => {
    const { gitconfig, text } = plan({
      samples: [
        { name: 'key', url: 'https://github.com/acme' },
        { name: 'old', url: 'https://github.com/acme/closed', expires: new Date('2020-01-01') },
      ],
      repositories: ['https://github.com/acme/tool', 'https://github.com/acme/closed'],
      gitOnly: { key: { ...key, knownHosts: '' } },
    });
    expect(gitconfig).toContain(
      '[url "https://github.com/acme/closed"]\ninsteadOf = https://github.com/acme/closed\n',
    );
    const cases = text['ssh/choose']?.match(/^read.*k=.*$/gm) ?? [];
    expect(cases.at(0)).toMatch(/'acme\/closed\/'.* k= |acme\/closed\/'.*\) k= /);
    expect(cases.at(-1)).toContain("acme/'* | write':git@github.com:22/acme/'*) k=1");
  });

  test('without one, ssh is left alone', () => {
    const { environment, text } = plan({ samples: [{ name: 'token', url: 'https://github.com/acme' }] });
    expect(environment).not.toHaveProperty('GIT_SSH_COMMAND');
    expect(Object.keys(text)).toEqual(['secret/1', 'gitconfig']);
  });
});
