import type { PublicView } from '../../core/check/public-view.ts';
import { isFailing, isProblem } from '../../core/check/verdict.ts';
import { xmlText } from './xml.ts';

interface Case {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly hint: string;
}

/** The result as JUnit XML, as GitLab and Bitbucket read it: one test for each credential and target. */
export function checkJunit(view: PublicView, failOn: 'failing' | 'expiring' | 'never'): string {
  const { credentials, targets, checkedAt } = view.result;
  const fails = failOn === 'expiring' ? isProblem : isFailing;
  const suites = [
    suite('credentials', credentials, fails),
    suite(
      'targets',
      targets.map((one) => ({ ...one, name: one.target })),
      fails,
    ),
  ];
  const at = checkedAt.toISOString().slice(0, 19);
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="pipeline-credentials" timestamp="${at}">\n`;
  return `${head}${suites.join('')}</testsuites>\n`;
}

function suite(name: string, cases: readonly Case[], fails: (one: Case) => boolean): string {
  const failures = cases.filter(fails).length;
  const skipped = cases.filter((one) => isSkipped(one)).length;
  const open = `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}">`;
  return `${[open, ...cases.map((one) => testCase(name, one, fails(one))), '  </testsuite>'].join('\n')}\n`;
}

/** What could not be found out was not tested. */
function isSkipped({ status }: Case): boolean {
  return status === 'unknown' || status === 'inactive';
}

function testCase(suiteName: string, one: Case, failed: boolean): string {
  const { name, status, message, hint } = one;
  const open = `    <testcase classname="pipeline-credentials.${suiteName}" name="${xmlText(name)}"`;
  const text = xmlText(`${status}: ${message}`);
  if (failed)
    return `${open}><failure type="${status}" message="${text}">${xmlText(hint)}</failure></testcase>`;
  if (isSkipped(one)) return `${open}><skipped message="${text}"/></testcase>`;
  return `${open}><system-out>${text}</system-out></testcase>`;
}
