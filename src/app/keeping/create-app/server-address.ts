import { Failure } from '../../../core/failure.ts';
import { isFault } from '../../../core/fault.ts';
import { hostText } from '../../../core/host.ts';
import { parseBaseUrl } from '../../../core/manifest/base-url.ts';
import { isPrivateAddress, isPrivateName } from '../../../core/private-host.ts';

/** Finds the addresses of a host name; an empty list when there are none. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

/**
 * The origin of the GitHub on which an App is made: https, and of the public Internet unless it is said otherwise, since
 * what answers there is handed the form and asked for keys.
 * @throws Failure `usage` for what is no origin, `refused` for a private or loopback host.
 */
export async function serverAddress(
  given: string,
  { allowPrivate, lookup }: { allowPrivate: boolean; lookup: Lookup },
): Promise<string> {
  const address = parseBaseUrl(given);
  if (isFault(address)) throw new Failure('usage', `--url: ${address.message}`, { hint: address.hint });
  const scheme = address.transport === 'http' ? 'http' : 'https';
  if (address.segments.length > 0) throw notAnOrigin();
  const { hostname } = address;
  if (!allowPrivate && (isPrivateName(hostname) || (await lookup(hostname)).some(isPrivateAddress))) {
    throw privateHost(hostname);
  }
  return `${scheme}://${hostText(address, scheme)}`;
}

function notAnOrigin(): Failure {
  return new Failure('usage', '--url is the address of a server alone.', {
    hint: 'Write https://HOST; the organisation goes into --org, a repository into --repository.',
  });
}

function privateHost(hostname: string): Failure {
  return new Failure('refused', `${hostname} is not of the public Internet.`, {
    hint: 'If it is your own GitHub Enterprise Server, say so: --allow-private-host.',
  });
}
