import { type Inputs, type ReleaseName, renderTemplate, templateText } from './gitlab-template.ts';

export interface SetupJob {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The two scripts of the GitLab component `setup`. */
export function setupJob(release: ReleaseName, inputs: Inputs = {}): SetupJob {
  const text = templateText('templates/setup/template.yml', release);
  const { before_script: before = [], after_script: after = [] } =
    renderTemplate(text, inputs)['.pipeline-credentials'] ?? {};
  return { before, after };
}
