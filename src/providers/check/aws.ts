import { type AwsKeys, signedHeaders } from '../../core/aws-signature.ts';
import { alive, dead, type HostAnswer, unknown } from '../../core/check/answer.ts';
import type { ResolvedSignIn } from '../../core/manifest/manifest.ts';
import type { Question } from './provider-check.ts';
import { askHost, isReply, type Reply } from './reply.ts';

type Aws = Extract<ResolvedSignIn, { kind: 'aws' }>;

/** AWS refuses signatures of another time than this far from its own, in milliseconds. */
const sameTime = 60_000;

/**
 * Asks STS whose keys these are: the one call that needs no permission. Signed anew by AWS's clock when that was the
 * trouble. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function askAws(
  question: Pick<Question, 'fetch' | 'quote' | 'now' | 'hostNow'>,
  { keys, region }: { keys: Aws; region: string },
): Promise<HostAnswer> {
  const url = new URL(`https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`);
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const ask = (now: Date) => {
    const unsigned = { method: 'POST', url, headers, body } as const;
    const signed: AwsKeys = { ...keys, sessionToken: keys.sessionToken ?? null };
    return askHost(question, url.href, {
      ...unsigned,
      headers: signedHeaders(unsigned, signed, { region, service: 'sts', now }),
    });
  };
  const now = question.now();
  const first = await ask(now);
  if (!isReply(first)) return first;
  const theirs = question.hostNow(url.host);
  const clockIsOff = first.status === 403 && Math.abs(theirs.getTime() - now.getTime()) > sameTime;
  const reply = clockIsOff ? await ask(theirs) : first;
  return isReply(reply) ? answerOf(reply, keys, question.quote) : reply;
}

/** By error code: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
function answerOf({ status, text }: Reply, keys: Aws, quote: Question['quote']): HostAnswer {
  const element = (name: string) => new RegExp(`<${name}>([^<]{1,300})</${name}>`).exec(text)?.[1] ?? '';
  if (status === 200) return alive({ identity: quote(element('Arn')) || null, expiresAt: null });
  const code = element('Code');
  switch (code) {
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return dead('the session token has expired', 'Get new keys for the role.', true);
    case 'InvalidClientTokenId':
      return keys.accessKeyId.startsWith('ASIA') && keys.sessionToken === undefined
        ? dead('the key is a temporary one and came without its session token', 'Add `session-token`.')
        : dead('AWS does not know the access key', 'It was deleted or deactivated, or is mistyped.');
    case 'SignatureDoesNotMatch':
      return dead('the signature does not match', "Check `secret-access-key`, and this machine's clock.");
    default:
      return unknown(`AWS answered ${status}${code === '' ? '' : ` (${quote(code)})`}`, 'Try again later.');
  }
}
