import type { GitRefusal, Refused } from './provider-check.ts';

/** What most hosts mean by a status: facts of the hosts' own are in their files. */
export function explainRefusal(refusal: GitRefusal, host: string): Refused {
  const { status, credential } = refusal;
  if (status >= 500) {
    return { status: 'unreachable', message: `${host} answered ${status}`, hint: 'Try again later.' };
  }
  if (status === 200 || status === 204) {
    return {
      status: 'not-found',
      message: `${host} answers, but not as a git server does`,
      hint: 'Check the address: copy the one that the host shows for cloning.',
    };
  }
  if (credential === null) return anonymous(refusal, host);
  return signedIn({ ...refusal, credential }, host);
}

function anonymous({ status, quote, text, whyNobody }: GitRefusal, host: string): Refused {
  const hint = 'Add a credential that covers it; `pipeline-credentials explain` says why none does.';
  if (status === 401)
    return {
      status: 'denied',
      message: `it is not public (or not there), and ${whyNobody}`,
      hint,
    };
  if (status === 403)
    return { status: 'denied', message: `${host} does not let anybody read it${words(quote(text))}`, hint };
  if (status === 404 || status === 410)
    return {
      status: 'not-found',
      message: `there is no such public repository, and ${whyNobody}`,
      hint: `Check the address. ${hint}`,
    };
  return { status: 'unknown', message: `${host} answered ${status}`, hint: 'Check the address.' };
}

function signedIn(refusal: GitRefusal & { credential: string }, host: string): Refused {
  const { status, credential, isAlive, access, quote, text } = refusal;
  if (status === 401) {
    return isAlive
      ? {
          status: 'denied',
          message: `${host} does not let ${credential} in here, although it lives`,
          hint: 'Give it access to this repository, or check its user name.',
        }
      : {
          status: 'denied',
          message: `${host} does not accept ${credential}`,
          hint: 'It has expired, was revoked, or its user name is wrong.',
        };
  }
  if (status === 403) {
    const what = access === 'write' ? 'push to it' : 'read it';
    return {
      status: 'denied',
      message: `${credential} may not ${what}${words(quote(text))}`,
      hint: access === 'write' ? 'Give it write access, or ask for `access: read`.' : 'Give it read access.',
    };
  }
  if (status === 404 || status === 410 || status === 451) {
    return {
      status: 'not-found',
      message: `there is no such repository, or ${credential} may not see it`,
      hint: 'Check the address, and give the credential access to it.',
    };
  }
  return { status: 'unknown', message: `${host} answered ${status}`, hint: 'Check the address.' };
}

/** A host's own words, when they are a short text and not a page. */
function words(text: string): string {
  return text === '' || text.length > 160 || /[<{]/.test(text) ? '' : ` ("${text}")`;
}
