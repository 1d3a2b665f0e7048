import type { HostAnswer, HostRequest } from './hosts.ts';

const head = '1'.repeat(40);
const pkt = (line: string) => (line.length + 4).toString(16).padStart(4, '0') + line;

/** What of git a request asks for; null for what is none of git's. */
export interface GitQuestion {
  /** Without a leading slash and `.git`: `acme/rnaseq`. */
  readonly path: string;
  readonly service: 'git-upload-pack' | 'git-receive-pack';
}

export function gitQuestion({ url, method }: HostRequest): GitQuestion | null {
  const [, path] = /^\/(.+?)(?:\.git)?\/info\/refs$/.exec(url.pathname) ?? [];
  const service = url.searchParams.get('service');
  if (method !== 'GET' || path === undefined) return null;
  return service === 'git-upload-pack' || service === 'git-receive-pack' ? { path, service } : null;
}

/** What git's version 0 says of a repository with one branch and one tag. */
export function advertisement(service: GitQuestion['service']): HostAnswer {
  const capabilities = 'multi_ack symref=HEAD:refs/heads/main agent=git/2.45';
  const refs = [`${head} HEAD\0${capabilities}\n`, `${head} refs/heads/main\n`, `${head} refs/tags/v1\n`];
  return {
    status: 200,
    headers: { 'content-type': `application/x-${service}-advertisement` },
    body: `${pkt(`# service=${service}\n`)}0000${refs.map(pkt).join('')}0000`,
  };
}
