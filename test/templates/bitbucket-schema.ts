// https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
import * as v from 'valibot';

/** A strict reading of what our files use of Bitbucket's format: Bitbucket's own schema lets unknown keys pass. */
const text = v.pipe(v.string(), v.minLength(1));
const image = v.union([text, v.strictObject({ name: text, 'run-as-user': v.optional(v.number()) })]);
const script = v.pipe(v.array(text), v.minLength(1));
const artifacts = v.array(text);

const step = v.strictObject({
  name: v.optional(text),
  image: v.optional(image),
  clone: v.optional(v.strictObject({ enabled: v.optional(v.boolean()), depth: v.optional(v.number()) })),
  'max-time': v.optional(v.number()),
  services: v.optional(v.array(v.picklist(['docker']))),
  script,
  'after-script': v.optional(script),
  artifacts: v.optional(artifacts),
});

const variable = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[A-Z_][A-Z0-9_]*$/)),
  default: v.optional(v.string()),
  description: v.optional(text),
  'allowed-values': v.optional(v.array(v.string())),
});
const item = v.union([
  v.strictObject({ step }),
  v.strictObject({ variables: v.array(variable) }),
  v.strictObject({ parallel: v.strictObject({ steps: v.array(v.strictObject({ step })) }) }),
]);
/** `repository:ref:pipeline`, in the same workspace. */
const imported = v.strictObject({ import: v.pipe(v.string(), v.regex(/^[\w.-]+:[\w./-]+:[\w-]+$/)) });
const pipeline = v.union([v.array(item), imported]);
const named = v.record(text, pipeline);

export const bitbucketSchema = v.strictObject({
  export: v.optional(v.literal(true)),
  image: v.optional(image),
  definitions: v.optional(
    v.strictObject({
      // Bitbucket ignores it: a place for anchors.
      scripts: v.optional(v.array(v.strictObject({ script: text }))),
      pipelines: v.optional(named),
    }),
  ),
  pipelines: v.optional(
    v.strictObject({
      default: v.optional(pipeline),
      branches: v.optional(named),
      tags: v.optional(named),
      custom: v.optional(named),
      'pull-requests': v.optional(named),
    }),
  ),
});

export type BitbucketFile = v.InferOutput<typeof bitbucketSchema>;
export type BitbucketStep = v.InferOutput<typeof step>;
