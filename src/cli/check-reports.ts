import { closeSync, constants, openSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { PublicView } from '../core/check/public-view.ts';
import type { FailOn } from '../core/check/verdict.ts';
import { Failure } from '../core/failure.ts';
import { ensureFolder } from '../system/ensure-folder.ts';

interface Wish {
  readonly failOn: FailOn;
  readonly warnWithin: number;
  /** Where the report of a flag shall go; null where it is not wanted. */
  readonly pathOf: (flag: string) => string | null;
}

/** The kinds of report by their flag; each is loaded when it is wanted. */
const reports: Readonly<Record<string, (view: PublicView, wish: Wish) => Promise<string>>> = {
  report: async ({ result }) =>
    `${JSON.stringify((await import('../report/check/json.ts')).checkJson(result))}\n`,
  junit: async (view, { failOn }) => (await import('../report/check/junit.ts')).checkJunit(view, failOn),
  html: async (view, { warnWithin }) => (await import('../report/check/page.ts')).checkPage(view, warnWithin),
  ics: async ({ result }, { warnWithin }) =>
    (await import('../report/check/calendar.ts')).checkCalendar(result, warnWithin),
  markdown: async (view) => (await import('../report/check/summary.ts')).checkSummary(view),
};

/**
 * Writes the reports that are asked for, and the folders they lie in.
 * @throws Failure `usage` for a path that cannot be written.
 */
export async function writeReports(view: PublicView, wish: Wish): Promise<void> {
  for (const [flag, render] of Object.entries(reports)) {
    const path = wish.pathOf(flag);
    if (path === null) continue;
    const text = await render(view, wish);
    try {
      ensureFolder(dirname(path));
      write(path, text);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Failure('usage', `The file of --${flag} cannot be written (${code}).`, {
        hint: 'Name a file in a folder that may be written to.',
      });
    }
  }
}

/** Whoever wrote the checkout could have made the file a link to another one. The system's own are no trap: /dev/stdout. */
function write(path: string, text: string): void {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW = 0 } = constants;
  const isDevice = resolve(path).startsWith('/dev/');
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | (isDevice ? 0 : O_NOFOLLOW));
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}
