import type {
  CheckResult,
  CredentialResult,
  CredentialStatus,
  TargetResult,
  TargetStatus,
} from './result.ts';

/** A result as strangers may see it: private targets are counted and not named (security rule 28). */
export interface PublicView {
  readonly result: CheckResult;
  /** How many targets are left out, by status. */
  readonly hidden: Readonly<Partial<Record<TargetStatus, number>>>;
}

const sentences: Readonly<Record<CredentialStatus, string>> = {
  ok: 'it works',
  expiring: 'it ends soon',
  expired: 'it has expired',
  invalid: 'its host does not accept it, or its secret is not there',
  insufficient: 'it works, but is not enough for what it is used for',
  unreachable: 'its host did not answer',
  unknown: 'nothing is known of it',
  inactive: 'it is switched off',
};

/**
 * Leaves out what a private repository would not tell: the names of targets other than those that anybody can read, and
 * everything that hosts said.
 */
export function publicView(result: CheckResult): PublicView {
  const open = result.targets.filter(isOpen);
  const hidden: Partial<Record<TargetStatus, number>> = {};
  for (const { status } of result.targets.filter((target) => !isOpen(target)))
    hidden[status] = (hidden[status] ?? 0) + 1;
  const names = new Set(open.map(({ target }) => target));
  return {
    result: {
      ...result,
      credentials: result.credentials.map((credential) => withoutDetails(credential, names)),
      targets: open,
    },
    hidden,
  };
}

/** Everything, for readers who may see it. */
export function fullView(result: CheckResult): PublicView {
  return { result, hidden: {} };
}

function isOpen({ status }: TargetResult): boolean {
  return status === 'anonymous';
}

function withoutDetails(credential: CredentialResult, names: ReadonlySet<string>): CredentialResult {
  const { status, hint } = credential;
  return {
    ...credential,
    message: sentences[status],
    hint: hint === '' ? '' : 'Run the check with `details: true` where only the team can read it.',
    identity: null,
    usedBy: credential.usedBy.map((name) => (names.has(name) ? name : 'a private target')),
  };
}
