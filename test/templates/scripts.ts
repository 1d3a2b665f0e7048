import { templatePaths } from '../../scripts/templates.mjs';
import { read } from '../conventions/sources.ts';
import { readBitbucketFile, stepsOf } from './bitbucket-runner.ts';
import { type ReleaseName, renderTemplate, templateText } from './gitlab-template.ts';

/** One script of a template, as a shell gets it. */
export interface TemplateScript {
  /** Like `templates/setup/template.yml before_script`. */
  readonly name: string;
  readonly text: string;
}

/** Every script of every template that carries our shell. */
export function templateScripts(release: ReleaseName): readonly TemplateScript[] {
  const ofTemplates = templatePaths.flatMap((path) => {
    const text = templateText(path, release);
    return path.includes('bitbucket') ? bitbucketScripts(path, text) : gitlabScripts(path, text);
  });
  const pipe = 'templates/bitbucket/pipe/pipe.sh';
  return [...ofTemplates, { name: pipe, text: read(pipe) }];
}

function gitlabScripts(path: string, text: string): TemplateScript[] {
  return Object.values(renderTemplate(text, {})).flatMap((job) =>
    (['before_script', 'script', 'after_script'] as const).flatMap((key) =>
      job[key] === undefined ? [] : [{ name: `${path} ${key}`, text: job[key].join('\n') }],
    ),
  );
}

function bitbucketScripts(path: string, text: string): TemplateScript[] {
  const { scripts = [], pipelines = {} } = readBitbucketFile(text).definitions ?? {};
  const steps = Object.values(pipelines).flatMap(stepsOf);
  return [...scripts.map(({ script }) => script), ...steps.flatMap(({ script }) => script)].map((script) => ({
    name: `${path} ${script.split('\n')[0]}`,
    text: script,
  }));
}
