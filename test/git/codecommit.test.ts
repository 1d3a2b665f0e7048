import type { IncomingMessage } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeCommitPassword, codeCommitUsername } from '../../src/core/aws-signature.ts';
import { Secret } from '../../src/core/secret.ts';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type NamedHosts, startNamedHosts } from '../harness/named-hosts.ts';
import { type Job, startJob } from './job.ts';

const keys = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: new Secret('canary-secret-access-key'),
  sessionToken: new Secret('canary/session+token=='),
};
const source = pathToFileURL(resolve(import.meta.dirname, '../../src/codecommit-signer.ts'));
const signer = { node: process.execPath, code: () => `import ${JSON.stringify(source)};\n` };
const hosts = {
  'git-codecommit.eu-west-1.amazonaws.com': 'eu-west-1',
  'git-codecommit-fips.us-east-2.amazonaws.com': 'us-east-2',
  'vpce-0a1b-2c3d.git-codecommit.us-east-1.vpce.amazonaws.com': 'us-east-1',
};

let forge: Forge;
let aws: NamedHosts;
let job: Job;

beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'v1/repos/Tool' }, { name: 'v1/repos/Data' }],
    tokens: [{ token: 'canary-behind', owners: ['v1/repos'] }],
  });
  const behind = `Basic ${Buffer.from('x:canary-behind').toString('base64')}`;
  aws = await startNamedHosts(
    Object.fromEntries(
      Object.entries(hosts).map(([hostname, region]) => [
        hostname,
        { origin: forge.url, admit: (request) => (isSigned(request, hostname, region) ? behind : null) },
      ]),
    ),
  );
});
afterAll(async () => {
  await aws[Symbol.asyncDispose]();
  await forge.close();
});
beforeEach(() => {
  job = startJob();
  Object.assign(job.env, aws.env);
});
afterEach(() => job[Symbol.dispose]());

/** As CodeCommit does it: the signature is for the repository's path, whatever git asks for below it. */
function isSigned(request: IncomingMessage, hostname: string, region: string): boolean {
  const [, encoded = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const [, username, password = ''] = /^(.*?):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(password) ?? [];
  const now = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (username !== codeCommitUsername(keys) || !(Math.abs(now.getTime() - Date.now()) < 60_000)) return false;
  const path = (request.url ?? '').replace(/\/(?:info\/refs|git-(?:upload|receive)-pack).*$/, '');
  return password === codeCommitPassword({ hostname, path }, keys, { region, now });
}

const main = { code: 0, output: expect.stringContaining('refs/heads/main') };

async function setUp(...urls: readonly string[]): Promise<void> {
  const samples = urls.map((url, index) => ({ name: `aws-${index}`, provider: 'codecommit', url }) as const);
  const gitOnly = Object.fromEntries(
    samples.map(({ name }) => [name, { kind: 'codecommit', keys } as const]),
  );
  await job.setUp({ samples, gitOnly }, { signer });
}

describe('CodeCommit by access keys', () => {
  test('every way to write a repository of the region', async () => {
    await setUp('https://git-codecommit.eu-west-1.amazonaws.com');
    for (const url of [
      'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/Tool',
      'ssh://git-codecommit.eu-west-1.amazonaws.com/v1/repos/Tool',
      'codecommit::eu-west-1://Tool',
      'codecommit://Tool',
    ]) {
      expect([url, await job.git(['ls-remote', url])]).toEqual([url, main]);
    }
    expect(aws.strangers).toEqual([]);
  });

  test('clone and push, each with a signature of its own', async () => {
    await setUp('https://git-codecommit.eu-west-1.amazonaws.com');
    const before = aws.requests.length;
    expect(await job.git(['clone', '-q', 'codecommit::eu-west-1://Data'])).toEqual({ code: 0, output: '' });
    const cwd = join(job.root, 'Data');
    expect(await job.git(['commit', '-q', '--allow-empty', '-m', 'more'], { cwd })).toMatchObject({
      code: 0,
    });
    expect(await job.git(['push', '-q', 'origin', 'HEAD:refs/heads/more'], { cwd })).toEqual({
      code: 0,
      output: '',
    });
    const sent = new Set(aws.requests.slice(before).map(({ authorization }) => authorization));
    sent.delete(null);
    expect(sent.size).toBeGreaterThan(0);
  });

  test.each(Object.keys(hosts))('on %s', async (hostname) => {
    await setUp(`https://${hostname}`);
    expect(await job.git(['ls-remote', `https://${hostname}/v1/repos/Tool`])).toEqual(main);
  });

  test('with several regions the address that names none goes nowhere of ours', async () => {
    await setUp(
      'https://git-codecommit.eu-west-1.amazonaws.com',
      'https://git-codecommit.us-east-1.amazonaws.com',
    );
    expect(await job.git(['ls-remote', 'codecommit::eu-west-1://Tool'])).toEqual(main);
    expect((await job.git(['ls-remote', 'codecommit://Tool'])).output).toContain("'remote-codecommit'");
  });

  test('another region gets nothing', async () => {
    await setUp('https://git-codecommit.eu-west-1.amazonaws.com');
    const before = aws.requests.length;
    const url = 'https://git-codecommit-fips.us-east-2.amazonaws.com/v1/repos/Tool';
    expect((await job.git(['ls-remote', url])).code).not.toBe(0);
    expect(aws.requests.slice(before).map(({ authorization }) => authorization)).toEqual([null]);
  });
});
