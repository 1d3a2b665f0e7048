import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** PEM texts of a server's key and certificate, and of the authority that signed it. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

const run = promisify(execFile);

/** Makes an authority and a server certificate for loopback and the names given, valid for a day. */
export async function makeCertificate(names: readonly string[] = []): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '::1'].map((address) => `IP:${address}`);
  const all = [...addresses, ...['localhost', ...names].map((name) => `DNS:${name}`)];
  try {
    await writeFile(
      join(folder, 'extensions'),
      `subjectAltName=${all.join(',')}\nbasicConstraints=CA:FALSE\n`,
    );
    await openssl(
      'req',
      '-x509',
      ...key,
      '-days',
      '1',
      '-subj',
      '/CN=Test CA',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    );
    await openssl('req', ...key, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr');
    const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1'];
    await openssl(
      'x509',
      '-req',
      '-in',
      'server.csr',
      ...authority,
      '-extfile',
      'extensions',
      '-out',
      'server.pem',
    );
    const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
    return { key: await read('server.key'), cert: await read('server.pem'), ca: await read('ca.pem') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
