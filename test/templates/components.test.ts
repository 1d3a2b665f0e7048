import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { templatePaths } from '../../scripts/templates.mjs';
import { filesBelow, read, root } from '../conventions/sources.ts';
import { inputSpecs, renderTemplate, templateText } from './gitlab-template.ts';

/** https://docs.gitlab.com/ci/components/ : what GitLab takes for a component when it is released. */
const isComponent = /^templates\/[\w-]+(?:\/template)?\.yml$/;
const components = filesBelow('templates').filter((path) => isComponent.test(path));
/** What GitLab projects include: the components, and what is no part of the catalog. */
const included = [...components, ...filesBelow('templates/gitlab')];

test('exactly setup and check are GitLab components', () => {
  expect(components).toEqual(['templates/check/template.yml', 'templates/setup/template.yml']);
});

test('no other file looks like one', () => {
  const lookalikes = filesBelow('templates').filter((path) => /template\.ya?ml$/.test(path));
  expect(lookalikes).toEqual(components);
});

test.each(templatePaths)('%s carries the shell of templates/shell as it is', (path) => {
  const { version } = JSON.parse(read('package.json'));
  const [, sums = ''] = /^ *sums=([0-9a-f]{64})$/m.exec(read(path)) ?? [];
  expect(templateText(path, { version, sums })).toBe(readFileSync(join(root, path), 'utf8'));
});

test.each(included)('the inputs of %s are typed, described, constrained, and have defaults', (path) => {
  for (const [name, spec] of Object.entries(inputSpecs(read(path)))) {
    expect(spec, name).toMatchObject({ type: expect.any(String), description: expect.any(String) });
    expect(spec.default, name).toBeDefined();
    if (spec.type === 'string') expect(spec.options ?? spec.regex, name).toBeDefined();
    if (spec.regex !== undefined) expect(spec.default, name).toMatch(new RegExp(spec.regex));
    expect(read(path), name).toContain(`$[[ inputs.${name} ]]`);
  }
});

test.each(included)('%s makes one job and touches nothing global', (path) => {
  const jobs = renderTemplate(read(path), {});
  expect(Object.keys(jobs)).toHaveLength(1);
});

test('inputs cannot break out of the shell', () => {
  const specs = inputSpecs(read('templates/setup/template.yml'));
  const quoted = Object.values(specs).flatMap(({ regex }) =>
    regex === undefined ? [] : [new RegExp(regex)],
  );
  for (const text of ['"; id; "', '$(id)', '`id`', "'", '\\', '/a\nid', '/a;id'])
    for (const pattern of quoted) expect(text).not.toMatch(pattern);
});
