import { advertisement, gitQuestion } from './git-service.ts';
import type { Handler, HostAnswer, HostRequest } from './hosts.ts';
import { reaches } from './token.ts';

/** Keys as AWS knows them; signatures are looked at for their time and their key, not for being right. */
export interface FakeKeys {
  readonly accessKeyId: string;
  readonly state?: 'expired' | 'revoked' | 'wrong-secret';
  readonly reaches?: readonly string[];
  readonly access?: 'read' | 'write';
}

const tolerance = 5 * 60_000;

/** STS and CodeCommit in small. `ahead` is how far AWS's clock is ahead, in milliseconds. */
export function fakeAws(keys: readonly FakeKeys[], ahead: () => number = () => 0): Handler {
  return (request) => {
    if (request.url.host.startsWith('sts.')) return sts(request, keys, ahead());
    const git = gitQuestion(request);
    if (git === null || !request.url.host.startsWith('git-codecommit.')) return null;
    const [username = '', password = ''] = request.basic ?? [];
    const known = keys.find(({ accessKeyId }) => accessKeyId === username.split('%')[0]);
    if (known === undefined || known.state !== undefined)
      return exception('UnrecognizedClient', 'The security token included in the request is invalid');
    if (isLate(password.slice(0, 15), ahead())) return exception('InvalidSignature', 'Signature expired');
    const path = git.path.replace('v1/repos/', '');
    if (!reaches({ secret: '', reaches: known.reaches ?? [''] }, path))
      return exception('AccessDenied', 'no');
    if (git.service === 'git-receive-pack' && known.access === 'read') return exception('AccessDenied', 'no');
    return advertisement(git.service);
  };
}

function exception(code: string, message: string): HostAnswer {
  return { status: 403, body: `<${code}Exception><Message>${message}</Message></${code}Exception>` };
}

function sts({ headers, body }: HostRequest, keys: readonly FakeKeys[], ahead: number): HostAnswer {
  const [, id] = /Credential=([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const known = keys.find(({ accessKeyId }) => accessKeyId === id);
  if (!body.includes('Action=GetCallerIdentity')) return { status: 400, body: '' };
  if (known === undefined || known.state === 'revoked') return error('InvalidClientTokenId');
  if (known.state === 'expired') return error('ExpiredToken');
  if (known.state === 'wrong-secret' || isLate(String(headers['x-amz-date']), ahead))
    return error('SignatureDoesNotMatch');
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ci</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  };
}

function error(code: string): HostAnswer {
  return {
    status: 403,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
  };
}

/** `20261120T120000` */
function isLate(time: string, ahead: number): boolean {
  const iso = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d).*$/, '$1-$2-$3T$4:$5:$6Z');
  return Math.abs(Date.now() + ahead - Date.parse(iso)) > tolerance;
}
