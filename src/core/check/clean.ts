import { prose } from '../prose.ts';
import type { CheckResult, CredentialResult, TargetResult } from './result.ts';

/**
 * A result whose every free text is fit to print: hosts and manifests wrote parts of it (security rule 27). What comes
 * after it only escapes for its own format. `secrets` holds all forms of `maskForms`.
 */
export function cleanResult(result: CheckResult, secrets: Iterable<string>): CheckResult {
  const known = [...secrets];
  const clean = (text: string) => prose(text, known);
  return {
    ...result,
    credentials: result.credentials.map((credential) => cleanCredential(credential, clean)),
    targets: result.targets.map((target) => cleanTarget(target, clean)),
  };
}

type Clean = (text: string) => string;

function cleanCredential(credential: CredentialResult, clean: Clean): CredentialResult {
  const { identity, contact } = credential;
  return {
    ...credential,
    scopes: credential.scopes?.map(clean) ?? null,
    missing: credential.missing.map(clean),
    identity: identity === null ? null : clean(identity),
    usedBy: credential.usedBy.map(clean),
    message: clean(credential.message),
    hint: clean(credential.hint),
    contact: contact === null ? null : clean(contact),
  };
}

function cleanTarget(target: TargetResult, clean: Clean): TargetResult {
  const { revision } = target;
  return {
    ...target,
    target: clean(target.target),
    revision: revision === null ? null : { ...revision, name: clean(revision.name) },
    message: clean(target.message),
    hint: clean(target.hint),
    revisions: target.revisions?.map(clean) ?? null,
  };
}
