import { BlockList, isIP } from 'node:net';

/** Ranges that are not of the public Internet. https://www.iana.org/assignments/iana-ipv4-special-registry */
const notPublic = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  notPublic.addSubnet(network, bits, 'ipv6');

/** Whether an IP address is private, of this machine, or of this network only; also where IPv6 holds an IPv4 address. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
  const version = isIP(mapped);
  return version !== 0 && notPublic.check(mapped, version === 4 ? 'ipv4' : 'ipv6');
}

/** Whether a host name, without port, says by itself that it is not of the public Internet. */
export function isPrivateName(hostname: string): boolean {
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return isPrivateAddress(hostname);
  const name = hostname.toLowerCase();
  return (
    !name.includes('.') ||
    /\.(?:localhost|local|internal|intranet|lan|home|corp|test|invalid|arpa)$/.test(name)
  );
}
