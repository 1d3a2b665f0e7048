import type { Finding } from './finding.ts';

/** The step that signs in instead of those that were found in workflows, with what it must hand over; none without them. */
export function stepFor(findings: readonly Finding[]): readonly string[] {
  const signIns = findings.flatMap((one) =>
    one.kind === 'sign-in' && one.expressions !== undefined ? [one.expressions] : [],
  );
  if (signIns.length === 0) return [];
  const expressions = Object.entries(Object.assign({}, ...signIns) as Readonly<Record<string, string>>);
  return [
    '- uses: your-org/pipeline-credentials@v1',
    '  with:',
    `    manifest: \${{ secrets.PIPELINE_CREDENTIALS }}`,
    ...(expressions.length === 0 ? [] : ['  env:']),
    ...expressions.map(([name, expression]) => `    ${name}: ${expression}`),
  ];
}
