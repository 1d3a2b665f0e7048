/** A page as a browser without scripts has it. */
export interface Shown {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
}

/** Opens an address, and follows where it leads. */
export async function open(url: string, init: RequestInit = {}): Promise<Shown> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const location = response.headers.get('location');
  if (location !== null) return open(new URL(location, url).href);
  return { status: response.status, url, html: await response.text(), headers: response.headers };
}

/** Presses the button of a page's form, the first whose text fits; `typed` replaces what stands in fields. */
export async function press(
  page: Shown,
  button: RegExp,
  typed: Readonly<Record<string, string>> = {},
): Promise<Shown> {
  const forms = page.html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((each) =>
    button.test(text(/<button[^>]*>([\s\S]*?)<\/button>/.exec(each)?.[1] ?? '')),
  );
  if (form === undefined) throw new Error(`no button ${button} in ${page.html}`);
  const action = text(/action="([^"]*)"/.exec(form)?.[1] ?? '');
  const fields = [...form.matchAll(/<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, typed[name] ?? text(value)],
  );
  const to = new URL(action, page.url);
  return open(to.href, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: new URL(page.url).origin },
  });
}

/** The address of a link whose text fits. */
export function linkOf(page: Shown, words: RegExp): string {
  const found = [...page.html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)].find(([, , inner]) =>
    words.test(text(inner ?? '')),
  );
  if (found === undefined) throw new Error(`no link ${words} in ${page.html}`);
  return new URL(text(found[1] ?? ''), page.url).href;
}

function text(escaped: string): string {
  return escaped
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
