import { Failure } from '../failure.ts';

/** What a system error's code means, and what to do; `{host}` is where the request went. */
const causes: readonly { readonly codes: RegExp; readonly why: string; readonly hint: string }[] = [
  {
    codes: /^(?:ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/,
    why: 'the name {host} is not known here',
    hint: 'Check the host name, and whether this machine reaches it directly or needs HTTPS_PROXY.',
  },
  {
    codes: /^ECONNREFUSED$/,
    why: '{host} refused the connection',
    hint: 'Check host and port; a firewall may want HTTPS_PROXY to be set.',
  },
  {
    codes: /^(?:ETIMEDOUT|ESOCKETTIMEDOUT)$/,
    why: '{host} did not answer in time',
    hint: 'Try again; a firewall that drops packets needs HTTPS_PROXY, or an entry for this host.',
  },
  {
    codes: /^(?:ECONNRESET|EPIPE|ECONNABORTED|HPE_\w+|ERR_STREAM_PREMATURE_CLOSE)$/,
    why: '{host} broke the connection off',
    hint: 'Try again; when it stays, look at the proxies and firewalls in between.',
  },
  {
    codes: /^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN)$/,
    why: 'there is no route to {host}',
    hint: 'Check the network of this machine, and whether it needs HTTPS_PROXY.',
  },
  {
    codes: /^CERT_HAS_EXPIRED$|^CERT_NOT_YET_VALID$/,
    why: 'the certificate of {host} is not valid at this time',
    hint: "Renew the server's certificate, or mend this machine's clock.",
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$|^HOSTNAME_MISMATCH$/,
    why: 'the certificate of {host} is for another name',
    hint: 'Write the name that the certificate bears.',
  },
  {
    codes: /CERT|SIGNATURE|SELF_SIGNED|UNABLE_TO_|^CRL_/,
    why: 'the certificate of {host} is not from an authority known here',
    hint: "Let NODE_EXTRA_CA_CERTS name a PEM file with your company's authority.",
  },
  {
    codes: /^EPROTO$|^ERR_SSL_|^ERR_TLS_/,
    why: '{host} does not speak TLS as expected',
    hint: 'Check port and scheme of the address, and proxies in between.',
  },
];

const transient =
  /^(?:ECONNRESET|EPIPE|ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_STREAM_PREMATURE_CLOSE)$/;

/** Tells a failed request by its system error code (`ECONNRESET`, `CERT_HAS_EXPIRED`, ...); never by its text. */
export function unreachable(host: string, error: unknown): Failure {
  return new Failure('unreachable', sentence(host, error), {
    hint: causeOf(error)?.hint ?? 'Check the address and the network of this machine.',
    cause: error,
  });
}

/** The same for a proxy, which stands in for every host: to look at that host would be in vain. */
export function proxyUnreachable(proxy: string, error: unknown): Failure {
  return new Failure('unreachable', sentence(proxy, error, 'the proxy '), {
    hint: 'Check the variable HTTPS_PROXY, or name the hosts that need no proxy in NO_PROXY.',
    cause: error,
  });
}

function sentence(host: string, error: unknown, role = ''): string {
  const code = errorCode(error);
  const why = (causeOf(error)?.why ?? 'the request to {host} failed').replace('{host}', host);
  return `Cannot reach ${role}${host}: ${why}${code === '' ? '' : ` (${code})`}.`;
}

function causeOf(error: unknown) {
  const code = errorCode(error);
  return causes.find(({ codes }) => codes.test(code));
}

/** Whether the same request may work a moment later; takes an error of `Fetch`. */
export function isTransient(error: unknown): boolean {
  return error instanceof Failure && error.code === 'unreachable' && transient.test(errorCode(error.cause));
}

function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' && /^\w+$/.test(code) ? code : '';
}
