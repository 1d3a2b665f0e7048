import { type Fault, isFault } from '../fault.ts';
import type { TargetRequest } from '../manifest/manifest.ts';
import { type HostTable, isKnownHost } from './hosts.ts';
import { parseRegistryReference } from './registry-scope.ts';

/**
 * What a target of the command line is: a tag, a digest or a known registry's host means a registry, a known git host a
 * repository; a host that is both, or a name without host, is a question for the person.
 */
export function guessKind(
  text: string,
  hosts: HostTable,
  isRegistry: (host: string) => boolean,
): TargetRequest['kind'] | Fault {
  if (/^(?:(?:ssh|git\+ssh|ssh\+git|git|file):|codecommit:)|^[\w.~+-]+@[^/]*:|\.git\/?$|\/\*$/i.test(text)) {
    return 'repository';
  }
  const reference = parseRegistryReference(text);
  if (isFault(reference)) return 'repository';
  const tagged = (reference.tag ?? reference.digest) !== null;
  if (tagged || (!reference.hostWritten && !text.includes('/'))) return 'registry';
  if (!reference.hostWritten) return unclear;
  const registry = isRegistry(reference.host);
  const repository = isKnownHost(hosts, reference.host);
  if (registry && repository) return /^https:/i.test(text) ? 'repository' : unclear;
  return registry ? 'registry' : 'repository';
}

const unclear: Fault = {
  code: 'target-kind',
  message: 'This could be a repository or a registry.',
  hint: 'Put --repository or --registry before it.',
};
