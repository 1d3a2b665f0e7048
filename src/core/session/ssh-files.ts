import { shellQuote } from '../shell-quote.ts';
import type { SessionFile } from './session-plan.ts';
import type { SshRule } from './ssh-rule.ts';

/** Which key serves a rule. */
export interface SshChoice {
  readonly rule: SshRule;
  /** Absolute path of the session folder that holds the key. */
  readonly folder: string;
  /**
   * The key is the file `secret/NUMBER` there, its known hosts are `ssh/known-hosts-NUMBER`; null where no key of the
   * session may serve, though one does above.
   */
  readonly number: number | null;
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

/** What ssh needs besides keys and known hosts. */
export function sshFiles(choices: readonly SshChoice[]): readonly SessionFile[] {
  return [
    { name: 'ssh/config', content: config },
    { name: 'ssh/choose', content: chooser(choices) },
  ];
}

/**
 * A shell script that becomes ssh with the key that covers a repository, and does nothing otherwise. It is read with git's
 * arguments for ssh: options, server and the command to run there, the path in quotes.
 */
function chooser(choices: readonly SshChoice[]): string {
  // The first case counts: the most specific rule, and of two alike the one of the later setup.
  const cases = choices
    .toReversed()
    .toSorted((a, b) => depth(b.rule) - depth(a.rule))
    .map((choice) => `${patterns(choice)}) k=${choice.number ?? ''} h=${shellQuote(choice.folder)} ;;\n`);
  return `# Read by the command in GIT_SSH_COMMAND.
o= p=22 s= c= r= k= h=
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
for d in ${places('h')}; do
  test -n "$k" && test -r "$d/secret/$k" && cd "$d" &&
    exec ssh -F ssh/config -i "secret/$k" -o "UserKnownHostsFile=ssh/known-hosts-$k" "$@"
done
`;
}

/** The folder that a variable of the script names; in a container the runner's temporary folder has another path. */
function places(variable: string): string {
  const name = `"\${${variable}##*/}"`;
  return `"$${variable}" /github/runner_temp/${name} /__w/_temp/${name}`;
}

function depth({ paths }: SshRule): number {
  return (paths[0] ?? '').split('/').filter(Boolean).length;
}

/** `read:'git@github.com:22/acme/'*`: a namespace with all below it, a repository alone. */
function patterns({ rule: { server, paths }, readOnly }: SshChoice): string {
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

// git's setting is ours where the session's gitconfig is included in the user's own: that one must not call itself.
const setting = `git config --get-all core.sshCommand | sed '\\#/ssh/choose#d' | tail -n 1`;
const asWithoutUs = `if c=$(${setting}) && test -n "$c"; then eval "$c \\"\\$@\\""; else "\${GIT_SSH:-ssh}" "$@"; fi`;

/** What GIT_SSH_COMMAND must be to mean the same as none: git would run an empty one. */
export const plainSshCommand = `f() { ${asWithoutUs}; }; f`;

/**
 * The value of GIT_SSH_COMMAND: the session's key where one covers the repository, else what was there before, as it is
 * again when the session is gone. `earlier` is the variable's value so far; null for none, and then git's own settings
 * count as they do without us.
 */
export function sshCommand(folder: string, earlier: string | null): string {
  const search = `h=${shellQuote(folder)}; for d in ${places('h')}; do test -r "$d/ssh/choose" && . "$d/ssh/choose"; done`;
  const before = earlier === null ? asWithoutUs : `eval ${shellQuote(`${earlier} "$@"`)}`;
  return `f() { ${search}; ${before}; }; f`;
}
