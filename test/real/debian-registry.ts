import { execFile, execFileSync, spawn } from 'node:child_process';
import { createSign, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

// Not the synchronous one: our own token service must be able to answer meanwhile.
const run = promisify(execFile);

/** A user of the registry; by htpasswd every user may do everything. */
export interface RealUser {
  readonly name: string;
  readonly password: string;
  /** What a token may allow: `team/app` to actions. */
  readonly grants: Readonly<Record<string, readonly string[]>>;
}

export interface RealRegistry extends AsyncDisposable {
  /** `127.0.0.1:41234` */
  readonly host: string;
  /** Puts a tiny image there, as this user. */
  readonly push: (image: string, user: RealUser) => Promise<void>;
}

/** Debian's `docker-registry` on loopback, signed in to by htpasswd or by a token service of our own. */
export async function startRealRegistry(
  auth: 'htpasswd' | 'token',
  users: readonly RealUser[],
): Promise<RealRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-registry-'));
  const at = (name: string) => join(folder, name);
  const port = await freePort();
  const service = auth === 'token' ? await startTokenService(folder, users) : null;
  const htpasswd = users.map(({ name, password }) =>
    execFileSync('htpasswd', ['-Bbn', '-C', '5', name, password], { encoding: 'utf8' }).trim(),
  );
  writeFileSync(at('htpasswd'), `${htpasswd.join('\n')}\n`);
  const settings =
    service === null
      ? { htpasswd: { realm: 'real', path: at('htpasswd') } }
      : {
          token: {
            realm: `${service.url}/token`,
            service: 'real',
            issuer: 'test',
            rootcertbundle: at('cert.pem'),
          },
        };
  const configuration = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: at('data') }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}` },
    auth: settings,
  };
  // JSON is YAML.
  writeFileSync(at('config.yml'), JSON.stringify(configuration));
  const child = spawn('docker-registry', ['serve', at('config.yml')], { stdio: 'ignore' });
  const host = `127.0.0.1:${port}`;
  for (let tries = 0; (await statusOf(`http://${host}/v2/`)) !== 401; tries += 1) {
    if (tries > 200) throw new Error('docker-registry did not start');
    await wait(25);
  }
  return {
    host,
    push: async (image, user) => {
      writeLayout(at('oci'));
      const login = `${user.name}:${user.password}`;
      const to = `docker://${host}/${image}`;
      await run('skopeo', [
        'copy',
        '-q',
        '--dest-tls-verify=false',
        '--dest-creds',
        login,
        `oci:${at('oci')}:latest`,
        to,
      ]);
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await closed;
      await service?.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** https://distribution.github.io/distribution/spec/auth/jwt/ */
async function startTokenService(folder: string, users: readonly RealUser[]) {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = [
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '1',
    '-subj',
    '/CN=test',
  ];
  execFileSync('openssl', ['req', ...made], { stdio: 'ignore' });
  const x5c = [readFileSync(cert, 'utf8').replace(/-----[^-]+-----|\s/g, '')];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://token');
    const [, encoded = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const [name, password] = Buffer.from(encoded, 'base64').toString().split(':');
    const user = users.find((one) => one.name === name && one.password === password);
    if (encoded !== '' && user === undefined) return void response.writeHead(401).end();
    const access = url.searchParams.getAll('scope').flatMap((scope) => {
      const [, type, target = '', actions = ''] = /^([a-z]+):(.+):([a-z*,]+)$/.exec(scope) ?? [];
      const granted = actions.split(',').filter((action) => user?.grants[target]?.includes(action));
      return granted.length === 0 ? [] : [{ type, name: target, actions: granted }];
    });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: 'test',
      sub: name ?? '',
      aud: 'real',
      iat: now,
      nbf: now - 10,
      exp: now + 300,
      jti: randomUUID(),
      access,
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'RS256', typ: 'JWT', x5c })}.${part(claims)}`;
    const signature = createSign('RSA-SHA256').update(unsigned).sign(readFileSync(key), 'base64url');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token: `${unsigned}.${signature}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}

async function freePort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The smallest image there is: a configuration and no layer. https://github.com/opencontainers/image-spec */
function writeLayout(folder: string): void {
  const script = `set -e; rm -rf "$1"; mkdir -p "$1/blobs/sha256"; cd "$1"
    put() { d=$(printf %s "$1" | sha256sum | cut -d' ' -f1); printf %s "$1" >"blobs/sha256/$d"; printf %s "$d"; }
    c='{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]},"config":{}}'
    m="{\\"schemaVersion\\":2,\\"mediaType\\":\\"application/vnd.oci.image.manifest.v1+json\\",\\"config\\":{\\"mediaType\\":\\"application/vnd.oci.image.config.v1+json\\",\\"digest\\":\\"sha256:$(put "$c")\\",\\"size\\":\${#c}},\\"layers\\":[]}"
    printf '{"imageLayoutVersion":"1.0.0"}' >oci-layout
    printf '{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%s,"annotations":{"org.opencontainers.image.ref.name":"latest"}}]}' "$(put "$m")" "\${#m}" >index.json`;
  execFileSync('sh', ['-c', script, 'sh', folder]);
}
