import { createHash } from 'node:crypto';
import { xmlText } from '../check/xml.ts';
import { style } from './app-style.ts';

/** Where the making of an App has come to. */
export type AppStep =
  | { readonly step: 'create'; readonly action: string; readonly manifest: string; readonly facts: Facts }
  | { readonly step: 'install'; readonly name: string; readonly link: string; readonly owner: string }
  | { readonly step: 'choose'; readonly name: string; readonly installations: readonly Choice[] }
  | { readonly step: 'done'; readonly name: string; readonly account: string | null }
  | { readonly step: 'failed'; readonly message: string; readonly hint: string };

/** Terms and what they are, in order. */
export type Facts = readonly (readonly [string, string])[];

export interface Choice {
  readonly id: number;
  readonly account: string;
}

export interface Page {
  readonly html: string;
  /** The page's Content-Security-Policy. */
  readonly policy: string;
}

/** Seconds after which the page looks whether the App has been installed: without a script, by itself. */
const lookAgain = 3;

/**
 * The page on which a person makes an App: one card, no script, its own light and dark.
 * @param server where the form goes, so that nothing else may be posted to.
 */
export function appPage(step: AppStep, server: string): Page {
  const again = step.step === 'install' ? `<meta http-equiv="refresh" content="${lookAgain}">` : '';
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${again}
<title>${xmlText(titles[step.step])} - pipeline-credentials</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="step">${xmlText(places[step.step])}</p>
<h1>${xmlText(titles[step.step])}</h1>
${bodyOf(step)}
</main>
</body>
</html>
`;
  return { html, policy: policyFor(server) };
}

/** A sign-in of the server's own may lead over other hosts on the way, so any https may follow the form. */
function policyFor(server: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    `form-action 'self' ${server} https:`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const titles: Readonly<Record<AppStep['step'], string>> = {
  create: 'Create a GitHub App',
  install: 'Install the App',
  choose: 'Choose the installation',
  done: 'All done',
  failed: 'That did not work',
};
const places: Readonly<Record<AppStep['step'], string>> = {
  create: 'Step 1 of 2',
  install: 'Step 2 of 2',
  choose: 'Step 2 of 2',
  done: 'pipeline-credentials',
  failed: 'pipeline-credentials',
};

function bodyOf(step: AppStep): string {
  if (step.step === 'create') return createBody(step);
  if (step.step === 'install') return installBody(step);
  if (step.step === 'choose') return chooseBody(step);
  if (step.step === 'done') return doneBody(step);
  return `<p class="bad">${xmlText(step.message)}</p>
<p>${xmlText(step.hint)}</p>
<p class="quiet">The terminal says the same. You can close this page.</p>`;
}

function createBody({ action, manifest, facts }: Extract<AppStep, { step: 'create' }>): string {
  const rows = facts.map(([term, what]) => `<dt>${xmlText(term)}</dt><dd>${xmlText(what)}</dd>`).join('\n');
  return `<dl>
${rows}
</dl>
<form method="post" action="${xmlText(action)}">
<input type="hidden" name="manifest" value="${xmlText(manifest)}">
<button type="submit">Continue on ${xmlText(new URL(action).host)}</button>
</form>
<p class="quiet">There you can change the name, and press the button that creates it. Its keys go straight to the place
that you chose, never to this page.</p>`;
}

function installBody({ name, link, owner }: Extract<AppStep, { step: 'install' }>): string {
  return `<p>${xmlText(name)} exists, and its keys are kept. Install it on ${xmlText(owner)}, for the repositories that your
jobs need.</p>
<p><a class="button" href="${xmlText(link)}" target="_blank" rel="noreferrer">Install ${xmlText(name)}</a></p>
<p class="quiet" role="status">Waiting for the installation. This page looks again by itself.</p>`;
}

function chooseBody({ name, installations }: Extract<AppStep, { step: 'choose' }>): string {
  const forms = installations
    .map(
      ({ id, account }) => `<form method="post" action="installation">
<input type="hidden" name="id" value="${id}">
<button type="submit">${xmlText(account)}</button>
</form>`,
    )
    .join('\n');
  return `<p>${xmlText(name)} is installed at several places. Which one is the credential for?</p>
${forms}`;
}

function doneBody({ name, account }: Extract<AppStep, { step: 'done' }>): string {
  const where = account === null ? '' : ` and installed on ${xmlText(account)}`;
  return `<p>${xmlText(name)} is created${where}. The manifest has the credential now.</p>
<p class="quiet">You can close this page.</p>`;
}
