import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** An ssh key and the repositories it opens, as a host's deploy keys do. */
export interface DeployKey {
  /** `acme/tool` */
  readonly repositories: readonly string[];
  readonly access?: 'read' | 'write';
}

export interface SshServer extends AsyncDisposable {
  readonly user: string;
  readonly port: number;
  /** The server's line in a known hosts file. */
  readonly knownHosts: string;
  /** Private keys, in the order of the deploy keys. */
  readonly keys: readonly string[];
  /** What was run, by which key (from 1): `1 git-upload-pack acme/tool`. */
  readonly log: () => readonly string[];
}

/**
 * A real sshd on loopback that serves bare repositories below `root`. Each key is bound to a command that looks at what
 * git asks for, as the public hosts do it.
 */
export async function startSshServer(root: string, deployKeys: readonly DeployKey[]): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  const port = await freePort();
  const at = (name: string) => join(folder, name);
  const hostKey = await generate(at('host'));
  const keys = await Promise.all(deployKeys.map((_, index) => generate(at(`key-${index + 1}`))));
  writeFileSync(at('serve'), serving(root, at('log')), { mode: 0o755 });
  const authorized = deployKeys.map(({ repositories, access = 'write' }, index) => {
    const command = `${at('serve')} ${index + 1} ${access} ${repositories.join(' ')}`;
    return `command="${command}",restrict ${keys[index]?.publicKey}`;
  });
  writeFileSync(at('authorized_keys'), authorized.join(''));
  chmodSync(at('authorized_keys'), 0o600);
  writeFileSync(at('config'), configuration(folder, port));
  // sshd run by root wants its empty folder.
  if (process.getuid?.() === 0 && !existsSync('/run/sshd')) mkdirSync('/run/sshd');
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', at('config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  sshd.stderr.on('data', (data) => said.push(String(data)));
  for (let tries = 0; !said.join('').includes('Server listening'); tries += 1) {
    if (tries > 200 || sshd.exitCode !== null) throw new Error(`sshd did not start: ${said.join('')}`);
    await wait(20);
  }
  return {
    user: userInfo().username,
    port,
    knownHosts: `[127.0.0.1]:${port} ${hostKey.publicKey}`,
    keys: keys.map(({ privateKey }) => privateKey),
    log: () => (existsSync(at('log')) ? readFileSync(at('log'), 'utf8').trimEnd().split('\n') : []),
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => sshd.once('exit', resolve));
      sshd.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function generate(file: string): Promise<{ privateKey: string; publicKey: string }> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file]);
  return { privateKey: readFileSync(file, 'utf8'), publicKey: readFileSync(`${file}.pub`, 'utf8') };
}

function configuration(folder: string, port: number): string {
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey ${folder}/host
AuthorizedKeysFile ${folder}/authorized_keys
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
AcceptEnv GIT_PROTOCOL
`;
}

/** The forced command: arguments are the key's number, its access and its repositories. */
function serving(root: string, log: string): string {
  return `#!/bin/sh
key=$1 access=$2; shift 2
set -f
asked=$SSH_ORIGINAL_COMMAND
program=\${asked%% *}
path=\${asked#*\\'}; path=\${path%\\'*}; path=\${path#/}; path=\${path%.git}
echo "$key $program $path" >>'${log}'
case $access:$program in
*:git-upload-pack | *:git-upload-archive | write:git-receive-pack) ;;
*) echo "ERROR: this key may not write." >&2; exit 1 ;;
esac
for one do
  test "$one" = "$path" && exec "$program" '${root}/'"$path.git"
done
echo "ERROR: Repository not found." >&2
exit 1
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
