import type { Annotation } from '../../core/annotation.ts';
import type { PublicView } from '../../core/check/public-view.ts';
import { isFailing, isProblem } from '../../core/check/verdict.ts';
import type { Place } from '../../core/manifest/manifest.ts';

/** A step shows ten of each kind: https://docs.github.com/actions/reference/limits */
const most = 10;

/**
 * One annotation for each problem. `fileOf` gives the path of a manifest, by its name in `Place`, from the workspace's
 * root; null for one that is no file there.
 */
export function annotations(
  view: PublicView,
  fileOf: (source: string | null) => string | null,
): readonly Annotation[] {
  const { credentials, targets } = view.result;
  const problems = [
    ...credentials.map((one) => ({ ...one, title: one.name })),
    ...targets.map((one) => ({ ...one, title: one.target })),
  ].filter(isProblem);
  const all = problems.map(({ title, status, message, hint, place }): Annotation => {
    return {
      severity: isFailing({ status }) ? 'error' : 'warning',
      title: `${title}: ${status}`,
      message: [`${title}: ${message}.`, hint].filter((part) => part !== '').join(' '),
      ...spot(place, fileOf),
    };
  });
  return (['error', 'warning'] as const).flatMap((severity) =>
    capped(all.filter((one) => one.severity === severity)),
  );
}

function spot(place: Place | null, fileOf: (source: string | null) => string | null) {
  const file = place === null ? null : fileOf(place.source);
  return { file, line: file === null ? null : (place?.line ?? null) };
}

function capped(all: readonly Annotation[]): readonly Annotation[] {
  if (all.length <= most) return all;
  const [first] = all;
  const left = all.length - most + 1;
  const rest = {
    title: `${left} more`,
    message: `${left} more problems: see the summary.`,
    file: null,
    line: null,
  };
  return [...all.slice(0, most - 1), ...(first === undefined ? [] : [{ ...first, ...rest }])];
}
