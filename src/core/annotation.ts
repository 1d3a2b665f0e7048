/** One problem, to be shown where the manifest has it. */
export interface Annotation {
  readonly severity: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  /** From the root of the workspace; null where the manifest is no file of it. */
  readonly file: string | null;
  readonly line: number | null;
}
