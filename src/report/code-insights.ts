import type { PublicView } from '../core/check/public-view.ts';
import type { CredentialResult, TargetResult } from '../core/check/result.ts';
import { isFailing, isProblem } from '../core/check/verdict.ts';

// https://developer.atlassian.com/cloud/bitbucket/rest/api-group-reports/

/** A report beside a commit. */
export interface CodeInsightsReport {
  readonly title: string;
  readonly details: string;
  readonly report_type: 'SECURITY';
  readonly reporter: string;
  readonly result: 'PASSED' | 'FAILED';
  readonly data: readonly { readonly title: string; readonly type: 'NUMBER'; readonly value: number }[];
}

/** One finding of a report. */
export interface CodeInsightsAnnotation {
  readonly external_id: string;
  readonly annotation_type: 'VULNERABILITY';
  readonly severity: 'HIGH' | 'MEDIUM';
  readonly summary: string;
  readonly details: string;
}

export interface CodeInsights {
  readonly report: CodeInsightsReport;
  /** At most 100, which is what one request takes, the failing ones first. */
  readonly annotations: readonly CodeInsightsAnnotation[];
}

const reporter = 'pipeline-credentials';
const most = { annotations: 100, summary: 450, details: 2000 };

/** A check's result as Bitbucket shows it beside a commit. */
export function codeInsights({ result }: PublicView): CodeInsights {
  const { credentials, targets } = result;
  const findings = [...credentials.map(ofCredential), ...targets.map(ofTarget)].filter(({ from }) =>
    isProblem(from),
  );
  const failing = findings.filter(({ from }) => isFailing(from));
  const ordered = [...failing, ...findings.filter((finding) => !failing.includes(finding))];
  return {
    report: {
      title: 'Credentials',
      details: sentence(failing.length, findings.length - failing.length),
      report_type: 'SECURITY',
      reporter,
      result: result.status === 'failing' ? 'FAILED' : 'PASSED',
      data: [
        { title: 'Credentials', type: 'NUMBER', value: credentials.length },
        { title: 'Targets', type: 'NUMBER', value: targets.length },
        { title: 'Failing', type: 'NUMBER', value: failing.length },
        { title: 'Ending soon', type: 'NUMBER', value: findings.length - failing.length },
      ],
    },
    annotations: ordered.slice(0, most.annotations).map(annotation),
  };
}

interface Finding {
  readonly from: CredentialResult | TargetResult;
  readonly name: string;
}

const ofCredential = (from: CredentialResult): Finding => ({ from, name: from.name });
const ofTarget = (from: TargetResult): Finding => ({ from, name: from.target });

function annotation({ from, name }: Finding, index: number): CodeInsightsAnnotation {
  return {
    external_id: `${reporter}-${index + 1}`,
    annotation_type: 'VULNERABILITY',
    severity: isFailing(from) ? 'HIGH' : 'MEDIUM',
    summary: `${name}: ${from.message}`.slice(0, most.summary),
    details: from.hint.slice(0, most.details),
  };
}

function sentence(failing: number, ending: number): string {
  if (failing + ending === 0) return 'Every credential works, and none ends soon.';
  return `${failing} ${failing === 1 ? 'does' : 'do'} not work, ${ending} ${ending === 1 ? 'ends' : 'end'} soon.`;
}
