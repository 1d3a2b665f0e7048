import type { CheckResult, CredentialResult, TargetResult } from '../../core/check/result.ts';
import { timestamp } from '../timestamp.ts';

/** What `check --json` prints (design section 6); stable, fields may be added. */
export function checkJson({ checkedAt, status, credentials, targets }: CheckResult) {
  return {
    version: 1,
    'checked-at': timestamp(checkedAt),
    status,
    credentials: credentials.map(credentialJson),
    targets: targets.map(targetJson),
  };
}

function credentialJson(credential: CredentialResult) {
  const { name, provider, kind, status, expiresAt, expirySource, daysLeft } = credential;
  const { scopes, missing, identity, usedBy, message, hint, contact } = credential;
  return {
    name,
    provider,
    kind,
    status,
    'expires-at': expiresAt === null ? null : timestamp(expiresAt),
    'expiry-source': expirySource,
    'days-left': daysLeft,
    scopes,
    missing,
    identity,
    'used-by': usedBy,
    message,
    hint,
    contact,
  };
}

function targetJson({
  target,
  kind,
  credential,
  access,
  status,
  revision,
  message,
  hint,
  revisions,
}: TargetResult) {
  const listed = revisions === null ? {} : { revisions };
  return { target, kind, credential, access, status, revision, message, hint, ...listed };
}
