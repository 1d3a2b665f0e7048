import type { Secret } from '../secret.ts';
import type { SessionFile } from './plan.ts';
import { shellQuote } from './shell-quote.ts';
import type { SshRule } from './ssh-rule.ts';

/** One ssh key, ready to be written. */
export interface SshKey {
  readonly key: Secret;
  /** Lines of a known hosts file for the servers of `rules`. */
  readonly knownHosts: string;
  readonly rules: readonly SshRule[];
  /** Pushes stay with the user's own key. */
  readonly readOnly: boolean;
}

/**
 * The session's own ssh configuration: nobody's agent, files, connections or known hosts take part, and only the hosts
 * of the session are known (security rule 32). Paths are relative to the session folder, where ssh is run.
 */
const config = `Host *
    BatchMode yes
    IdentitiesOnly yes
    IdentityAgent none
    StrictHostKeyChecking yes
    GlobalKnownHostsFile /dev/null
    UpdateHostKeys no
    PreferredAuthentications publickey
    ControlMaster no
    ControlPath none
    ForwardAgent no
    ForwardX11 no
    ClearAllForwardings yes
    PermitLocalCommand no
`;

/** The files of a session's ssh keys; none without keys. */
export function sshFiles(keys: readonly SshKey[]): readonly SessionFile[] {
  if (keys.length === 0) return [];
  return [
    { name: 'ssh/config', content: config },
    { name: 'ssh/choose', content: chooser(keys) },
    ...keys.flatMap(({ key, knownHosts }, index) => [
      { name: `ssh/known-hosts-${index + 1}`, content: knownHosts },
      { name: `secret/ssh-key-${index + 1}`, content: key },
    ]),
  ];
}

/**
 * A shell script that becomes ssh with the key that covers a repository, and does nothing otherwise. It is read with `$d`
 * the session folder and git's arguments for ssh: options, server and the command to run there, the path in quotes.
 */
function chooser(keys: readonly SshKey[]): string {
  const cases = keys
    .flatMap(({ rules, readOnly }, index) => rules.map((rule) => ({ rule, readOnly, number: index + 1 })))
    .toSorted((a, b) => depth(b.rule) - depth(a.rule))
    .map(({ rule, readOnly, number }) => `${patterns(rule, readOnly)}) k=${number} ;;\n`);
  return `# Read by the command in GIT_SSH_COMMAND.
o= p=22 s= c= r= k=
for a do
  test "$o" = -p && p=$a
  o=$a s=$c c=$a
done
case $c in
git-*\\'*) r=\${c#*\\'} r=\${r%%\\'*} ;;
git-*) r=\${c#* } r=\${r%% *} ;;
esac
r=\${r#/} r=\${r%/} r=\${r%.git}
case $c in
git-receive-pack\\ * | *\\ upload) a=write ;;
git-*) a=read ;;
esac
case $a:$s:$p/$r/ in
${cases.join('')}esac
if test -n "$k" && test -r "$d/secret/ssh-key-$k" && cd "$d"; then
  exec ssh -F ssh/config -i "secret/ssh-key-$k" -o "UserKnownHostsFile=ssh/known-hosts-$k" "$@"
fi
`;
}

function depth({ paths }: SshRule): number {
  return (paths[0] ?? '').split('/').filter(Boolean).length;
}

/** `read:'git@github.com:22/acme/'*`: a namespace with all below it, a repository alone. */
function patterns({ server, paths }: SshRule, readOnly: boolean): string {
  const { user, host, port } = server;
  const name = host.replace(/^\[|\]$/g, '');
  const start = `:${user}@${name}:${port}/`;
  const wanted = paths.map((path) => {
    const below = path === '' || path.endsWith('/');
    return below ? `${shellQuote(start + path)}*` : shellQuote(`${start}${path}/`);
  });
  const accesses = readOnly ? ['read'] : ['read', 'write'];
  return accesses.flatMap((access) => wanted.map((pattern) => access + pattern)).join(' | ');
}

/**
 * The value of GIT_SSH_COMMAND: the session's key where one covers the repository, else what was there before. The
 * session may be under another path in a container, and is gone after cleanup: then everything is as before.
 * `earlier` is the variable's value so far; null for none, and then git's own settings count as they do without us.
 */
export function sshCommand(folders: readonly string[], earlier: string | null): string {
  const search = `for d in ${folders.map(shellQuote).join(' ')}; do test -r "$d/ssh/choose" && . "$d/ssh/choose"; done`;
  const before =
    earlier === null
      ? `if c=$(git config core.sshCommand) && test -n "$c"; then eval "$c \\"\\$@\\""; else "\${GIT_SSH:-ssh}" "$@"; fi`
      : `eval ${shellQuote(`${earlier} "$@"`)}`;
  return `f() { ${search}; ${before}; }; f`;
}
