// https://git-scm.com/docs/protocol-common#_pkt_line_format

/**
 * The lines of a stream of packets without their newline, marks left out; stops where it is no such stream. `latin1`
 * text, so that lengths count bytes; lines come out as the UTF-8 that they are.
 */
export function pktLines(text: string): readonly string[] {
  const lines: string[] = [];
  let at = 0;
  while (at + 4 <= text.length) {
    const head = text.slice(at, at + 4);
    const length = /^[\da-f]{4}$/i.test(head) ? Number.parseInt(head, 16) : -1;
    if (length > 4 && at + length > text.length) break;
    if (length < 0 || length === 3) break;
    if (length >= 4) lines.push(utf8(text.slice(at + 4, at + length)).replace(/\n$/, ''));
    at += Math.max(length, 4);
  }
  return lines;
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** A request: command and capabilities, a delimiter, arguments, a flush. */
export function commandRequest(head: readonly string[], body: readonly string[]): string {
  return `${head.map(pkt).join('')}0001${body.map(pkt).join('')}0000`;
}

function pkt(line: string): string {
  const length = Buffer.byteLength(line) + 5;
  return `${length.toString(16).padStart(4, '0')}${line}\n`;
}
