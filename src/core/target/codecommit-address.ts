import type { Fault } from '../fault.ts';
import type { Address } from '../host-rules.ts';

/** Exact patterns (security rule 10): https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html */
const form = /^codecommit(?:::([a-z]{2}(?:-[a-z]+)+-\d{1,2}))?:\/\/(?:[^@/]+@)?([A-Za-z0-9._-]{1,100})$/;

/** Reads `codecommit::REGION://[PROFILE@]NAME` and `codecommit://[PROFILE@]NAME`: https://github.com/aws/git-remote-codecommit */
export function parseCodecommit(text: string): Address | Fault {
  const [, region = '', name] = form.exec(text) ?? [];
  const bare = name?.replace(/\.git$/, '') ?? '';
  if (/^\.*$/.test(bare)) return noCodecommit;
  return { transport: 'codecommit', hostname: region, port: null, user: null, segments: [bare] };
}

const noCodecommit: Fault = {
  code: 'target-codecommit',
  message: 'This is not an address of CodeCommit.',
  hint: 'Write codecommit::REGION://NAME, or https://git-codecommit.REGION.amazonaws.com/v1/repos/NAME.',
};
