import type { Annotation } from '../core/annotation.ts';
import type { Secret } from '../core/secret.ts';

/** How a CI system, or a terminal, is told things while a use case works. Nothing here may print a secret. */
export interface Voice {
  /** Hides texts in the log from now on; does nothing where the CI cannot. */
  readonly mask: (forms: readonly Secret[]) => void;
  /** A line of progress, for people. */
  readonly info: (message: string) => void;
  readonly notice: (message: string) => void;
  readonly warning: (message: string) => void;
  /** Shows a problem beside its file; absent where the CI cannot. */
  readonly annotate?: (annotation: Annotation) => void;
  /** Folds the lines up to the call of what it returns under a title, where the CI can. */
  readonly section: (title: string) => () => void;
}
