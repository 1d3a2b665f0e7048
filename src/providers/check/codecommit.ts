import { unknown } from '../../core/check/answer.ts';
import { codeCommitRegion } from '../../core/codecommit-host.ts';
import { askAws } from './aws.ts';
import type { ProviderCheck } from './provider-check.ts';

/** How far clocks may be apart before AWS takes signatures for too old, in milliseconds. */
const tolerance = 4 * 60_000;

/** AWS CodeCommit. Keys are asked at STS, which needs no permission; git credentials of IAM only by a target. */
export const codecommitCheck: ProviderCheck = {
  provider: 'codecommit',
  ask: async (question) => {
    const { signIn } = question;
    if (signIn.kind !== 'aws')
      return unknown('git credentials of IAM tell nothing of themselves', 'A target proves them.');
    const host = question.credential.base?.host ?? question.repositories[0]?.location.host;
    const region = host === undefined ? null : codeCommitRegion(host);
    return askAws(question, { keys: signIn, region: region ?? 'us-east-1' });
  },
  scopeTable: () => null,
  page: () => 'https://console.aws.amazon.com/iam/home#/users',
  gitSuffix: '',
  refusal: ({ status, text, ahead, access }) => {
    if (status !== 403) return null;
    if (Math.abs(ahead) > tolerance)
      return {
        status: 'denied',
        message: "CodeCommit refused it, and this machine's clock is minutes away from AWS's",
        hint: "Set this machine's clock (NTP): a signature is good for minutes.",
      };
    const [, code = ''] = /<([A-Za-z]{1,60})Exception>/.exec(text) ?? [];
    return {
      status: 'denied',
      message: `CodeCommit refused it${code === '' ? '' : ` (${code}Exception)`}`,
      hint: `Allow codecommit:${access === 'write' ? 'GitPush and codecommit:GitPull' : 'GitPull'} on the repository, and check the keys.`,
    };
  },
};
