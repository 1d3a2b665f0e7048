import type { AwsKeys } from '../core/aws-signature.ts';
import { Failure } from '../core/failure.ts';
import { objectOf } from '../core/json.ts';

interface Refused {
  readonly credential: string;
  readonly service: 'ecr' | 'ecr-public';
  readonly region: string;
  readonly status: number;
  readonly keys: AwsKeys;
}

/** Why AWS refused a call, by its error code: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html */
const causes: Readonly<Record<string, { readonly why: string; readonly hint: string }>> = {
  UnrecognizedClientException: {
    why: 'AWS does not know the access key',
    hint: 'check `access-key-id`; a deleted or deactivated key answers like this, and so does the wrong partition (China, GovCloud)',
  },
  InvalidSignatureException: {
    why: 'the signature does not match',
    hint: "check `secret-access-key`, and this machine's clock: a signature is good for five minutes",
  },
  ExpiredTokenException: {
    why: 'the session token has expired',
    hint: 'get new keys for the role in a step before this one, or use keys that last',
  },
  AccessDeniedException: {
    why: 'the keys may not call ecr:GetAuthorizationToken',
    hint: 'allow ecr:GetAuthorizationToken on *, and ecr:BatchGetImage with ecr:GetDownloadUrlForLayer on the repositories',
  },
};

/** For temporary keys without their token AWS only says that it does not know them. */
const tokenMissing = {
  why: 'the key is a temporary one (ASIA...) and came without its session token',
  hint: 'add `session-token` to the credential',
};

const publicDenied = {
  why: 'the keys may not call ecr-public:GetAuthorizationToken',
  hint: 'allow ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken on *',
};

/** Cause and cure of a refused call. Of the answer only a known code, or its status, is told. */
export function awsRefusal(body: unknown, { credential, service, region, status, keys }: Refused): Failure {
  const code = errorCode(body);
  const temporary = keys.accessKeyId.startsWith('ASIA') && keys.sessionToken === null;
  const cause =
    temporary && code === 'UnrecognizedClientException'
      ? tokenMissing
      : service === 'ecr-public' && code === 'AccessDeniedException'
        ? publicDenied
        : causes[code];
  const where = service === 'ecr' ? `Amazon ECR in ${region}` : 'Amazon ECR Public';
  const why = cause?.why ?? `it answered ${status}${code === '' ? '' : ` (${code})`}`;
  return new Failure('mint-failed', `${credential}: ${where} gave no password: ${why}`, {
    hint: cause?.hint ?? 'try again; if it stays, try `aws ecr get-login-password` with the same keys',
  });
}

/** `UnrecognizedClientException`, also when it comes behind a namespace and `#`. */
function errorCode(body: unknown): string {
  const { __type: type } = objectOf(body);
  return typeof type === 'string' ? (/(?:^|#)([A-Za-z]{1,60})$/.exec(type)?.[1] ?? '') : '';
}
