import { dateText, daysText } from '../../core/check/expiry.ts';
import {
  type CheckResult,
  type CredentialResult,
  credentialStatuses,
  type TargetResult,
  targetStatuses,
} from '../../core/check/result.ts';
import { marks, sentence, severityOf } from './headline.ts';
import { xmlText } from './xml.ts';

/** How long a whole bar is. */
export interface Scale {
  readonly days: number;
  /** How many days before the end a credential counts as expiring. */
  readonly warnDays: number;
  /** What stands at the end of the axis. */
  readonly label: string;
}

/** Bars beyond a year would make all others short: they are drawn to the end of the axis. */
const longest = 365;

/** An axis as long as the latest end, at least three months and at most a year. */
export function scaleOf({ credentials }: Pick<CheckResult, 'credentials'>, warnWithin: number): Scale {
  const latest = Math.max(91, ...credentials.map(({ daysLeft }) => daysLeft ?? 0));
  const days = Math.min(longest, Math.ceil(latest / 30.4) * 30.4);
  const months = Math.round(days / 30.4);
  const label = months === 12 ? 'a year' : `${months} months`;
  return { days, warnDays: Math.min(days, warnWithin / 86_400_000), label };
}

/** The cells of a credential, in the order of the table's heads. */
export function credentialRow(credential: CredentialResult, scale: Scale): string {
  const { name, provider, kind, status, daysLeft, usedBy, identity, scopes } = credential;
  const more = [
    identity === null ? '' : `Known there as ${identity}.`,
    scopes === null || scopes.length === 0 ? '' : `Has ${scopes.join(', ')}.`,
  ];
  return [
    cell(statusText(status), credentialStatuses.indexOf(status)),
    `<th scope="row" data-key="${xmlText(name.toLowerCase())}">${xmlText(name)}<small>${xmlText(`${provider}, ${kind}`)}</small></th>`,
    cell(endsText(credential), daysLeft ?? 1e6),
    `<td class="bar">${bar(credential, scale)}</td>`,
    cell(usedBy.length === 0 ? '' : String(usedBy.length), -usedBy.length, 'number'),
    cell(says(credential) + note(more)),
  ].join('');
}

/** The cells of a target. */
export function targetRow(target: TargetResult): string {
  const { status, credential, access, revision } = target;
  return [
    cell(statusText(status), targetStatuses.indexOf(status)),
    `<th scope="row" data-key="${xmlText(target.target.toLowerCase())}">${xmlText(target.target)}<small>${access}</small></th>`,
    cell(credential === null ? '<em>nobody</em>' : xmlText(credential), xmlText(credential ?? '')),
    cell(
      revision === null
        ? ''
        : `${xmlText(revision.name)}<small>${xmlText(revision.sha.slice(0, 12))}</small>`,
    ),
    cell(says(target)),
  ].join('');
}

function cell(html: string, key?: number | string, kind?: string): string {
  const attributes = [
    key === undefined ? '' : ` data-key="${key}"`,
    kind === undefined ? '' : ` class="${kind}"`,
  ];
  return `<td${attributes.join('')}>${html}</td>`;
}

function statusText(status: string): string {
  return `<span class="status"><span aria-hidden="true">${marks[severityOf(status)]}</span> ${xmlText(status)}</span>`;
}

function endsText({ expiresAt, expirySource, daysLeft }: CredentialResult): string {
  if (expiresAt === null) return expirySource === 'none' ? '<em>not known</em>' : 'never';
  const days = daysLeft === null ? '' : `<small>${xmlText(daysText(daysLeft))}</small>`;
  const who = expirySource === 'manifest' ? '<small>by the manifest</small>' : '';
  return `${xmlText(dateText(expiresAt))}${days}${who}`;
}

function says({ message, hint }: { readonly message: string; readonly hint: string }): string {
  return `${xmlText(sentence(message))}${hint === '' ? '' : `<small class="hint">${xmlText(hint)}</small>`}`;
}

function note(sentences: readonly string[]): string {
  const said = sentences.filter((sentence) => sentence !== '');
  return said.length === 0 ? '' : `<small>${xmlText(said.join(' '))}</small>`;
}

/** A bar from now to the end on its track; the text in the column before says the same. */
function bar(
  { daysLeft, expiresAt, expirySource, status }: CredentialResult,
  { days, warnDays }: Scale,
): string {
  if (status === 'inactive' || (expiresAt === null && expirySource === 'none')) return '';
  const width = daysLeft === null ? 100 : daysLeft < 0 ? 1.5 : Math.max(1, percent(daysLeft, days));
  const kind = expiresAt === null ? 'endless' : 'fill';
  return [
    '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">',
    `<rect class="warn" x="0" y="0" width="${percent(warnDays, days)}" height="10"/>`,
    '<rect class="track" x="0" y="4.5" width="100" height="1"/>',
    `<rect class="${kind}" x="0" y="2" width="${width}" height="6"/></svg>`,
  ].join('');
}

function percent(some: number, all: number): number {
  return Math.round(Math.min(1, some / all) * 1000) / 10;
}
