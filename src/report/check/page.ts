import { createHash } from 'node:crypto';
import { dateText } from '../../core/check/expiry.ts';
import type { PublicView } from '../../core/check/public-view.ts';
import { credentialStatuses, targetStatuses } from '../../core/check/result.ts';
import { counted, headline, sentence, severityOf, worstFirst } from './headline.ts';
import { credentialRow, type Scale, scaleOf, targetRow } from './page-rows.ts';
import { script } from './page-script.ts';
import { style } from './page-style.ts';
import { xmlText } from './xml.ts';

/**
 * The result as one page that needs nothing else: no request, no script but its own (by hash), no style in attributes. It
 * can be read without its script, by keyboard and by screen readers, and follows the reader's light or dark.
 */
export function checkPage(view: PublicView, warnWithin: number): string {
  const { checkedAt, status } = view.result;
  const said = headline(view);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Pipeline credentials: ${xmlText(said)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Pipeline credentials</h1>
<p class="headline ${status}">${xmlText(sentence(said))}</p>
<p class="quiet">Checked at <time datetime="${checkedAt.toISOString()}">${xmlText(dateText(checkedAt))}</time>
<label class="filter" hidden><input type="checkbox"> Only what needs attention</label></p>
</header>
<main>
${credentialSection(view, scaleOf(view.result, warnWithin))}
${targetSection(view)}
</main>
<script>${script}</script>
</body>
</html>
`;
}

/** Only this script and this style, and no way out: https://www.w3.org/TR/CSP3/ */
const policy = [
  "default-src 'none'",
  `script-src '${hashOf(script)}'`,
  `style-src '${hashOf(style)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function credentialSection({ result }: PublicView, scale: Scale): string {
  const sorted = worstFirst(result.credentials, credentialStatuses, ({ daysLeft }) => daysLeft);
  const axis = `<span class="axis"><span>now</span><span>${xmlText(scale.label)}</span></span>`;
  return table({
    id: 'credentials',
    title: 'Credentials',
    note: `A bar is the time left; shaded are the last ${scale.warnDays} days, in which a credential counts as expiring.`,
    heads: [
      'Status',
      'Credential',
      'Ends',
      `<span class="sr">How long it lasts, as a bar</span>${axis}`,
      'Serves',
      'What to know',
    ],
    unsortable: [3, 5],
    rows: sorted.map((one) => credentialRow(one, scale)),
    severities: sorted.map(({ status }) => severityOf(status)),
  });
}

function targetSection({ result, hidden }: PublicView): string {
  const sorted = worstFirst(result.targets, targetStatuses);
  const total = Object.values(hidden).reduce((sum, count) => sum + (count ?? 0), 0);
  const left = total === 0 ? '' : `\n<p class="quiet">${counted(total, 'target')} not named here.</p>`;
  if (sorted.length === 0) return left;
  const section = table({
    id: 'targets',
    title: 'Targets',
    note: '',
    heads: ['Status', 'Target', 'Signed in by', 'Revision', 'What to know'],
    unsortable: [3, 4],
    rows: sorted.map(targetRow),
    severities: sorted.map(({ status }) => severityOf(status)),
  });
  return section + left;
}

interface Table {
  readonly id: string;
  readonly title: string;
  /** One sentence below the title; may be empty. */
  readonly note: string;
  /** HTML. */
  readonly heads: readonly string[];
  /** Indexes of columns that have no order. */
  readonly unsortable: readonly number[];
  /** Cells of each row, HTML. */
  readonly rows: readonly string[];
  readonly severities: readonly string[];
}

function table({ id, title, note, heads, unsortable, rows, severities }: Table): string {
  const head = heads.map((text, index) => {
    if (unsortable.includes(index)) return `<th scope="col">${text}</th>`;
    const sort = index === 0 ? ' aria-sort="ascending"' : '';
    return `<th scope="col"${sort}><button type="button">${text}</button></th>`;
  });
  const body = rows.map((row, index) => `<tr class="${severities[index]}">${row}</tr>`);
  return `<section>
<h2 id="${id}">${title} <span class="quiet">${rows.length}</span></h2>${note === '' ? '' : `\n<p class="quiet">${note}</p>`}
<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
<table class="${id}">
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
</div>
</section>`;
}
