import { templatePaths } from '../../scripts/templates.mjs';
import { readBitbucketFile } from './bitbucket-runner.ts';
import { type ReleaseName, renderTemplate, templateText } from './gitlab-template.ts';

/** One script of a template, as a shell gets it. */
export interface TemplateScript {
  /** Like `templates/setup/template.yml before_script`. */
  readonly name: string;
  readonly text: string;
}

/** Every script of every template that carries our shell. */
export function templateScripts(release: ReleaseName): readonly TemplateScript[] {
  return templatePaths.flatMap((path) => {
    const text = templateText(path, release);
    return path.includes('bitbucket') ? bitbucketScripts(path, text) : gitlabScripts(path, text);
  });
}

function gitlabScripts(path: string, text: string): TemplateScript[] {
  return Object.values(renderTemplate(text, {})).flatMap((job) =>
    (['before_script', 'script', 'after_script'] as const).flatMap((key) =>
      job[key] === undefined ? [] : [{ name: `${path} ${key}`, text: job[key].join('\n') }],
    ),
  );
}

function bitbucketScripts(path: string, text: string): TemplateScript[] {
  const { scripts = [] } = readBitbucketFile(text).definitions ?? {};
  return scripts.map(({ script }) => ({ name: `${path} ${script.split('\n')[0]}`, text: script }));
}
