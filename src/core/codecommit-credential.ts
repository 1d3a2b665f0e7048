import { type AwsKeys, codeCommitPassword, codeCommitUsername } from './aws-signature.ts';
import { codeCommitRegion } from './codecommit-host.ts';
import { Secret } from './secret.ts';

/**
 * Answers git's credential helper protocol for CodeCommit: a user name and a password for the path that was asked for.
 * Empty where nothing can be said: another host, another scheme, or a git that does not tell the path.
 * https://git-scm.com/docs/git-credential#IOFMT
 */
export function answerCodeCommit(question: string, keys: AwsKeys, now: Date): string {
  const fields = new Map(
    question.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const];
    }),
  );
  const hostname = (fields.get('host') ?? '').toLowerCase();
  const path = fields.get('path') ?? '';
  const region = codeCommitRegion(hostname);
  if (region === null || fields.get('protocol') !== 'https' || !path.startsWith('v1/repos/')) return '';
  const password = codeCommitPassword({ hostname, path: `/${path}` }, keys, { region, now });
  return `username=${codeCommitUsername(keys)}\npassword=${password}\n`;
}

/**
 * Reads the file of a session that holds the keys.
 * @throws Error when it is none.
 */
export function readAwsKeys(json: string): AwsKeys {
  const { accessKeyId, secretAccessKey, sessionToken } = JSON.parse(json) as Record<string, unknown>;
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string')
    throw new Error('not a file of keys');
  return {
    accessKeyId,
    secretAccessKey: new Secret(secretAccessKey),
    sessionToken: typeof sessionToken === 'string' ? new Secret(sessionToken) : null,
  };
}
