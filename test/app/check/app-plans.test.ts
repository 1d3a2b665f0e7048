import { expect, test } from 'vitest';
import { covers } from '../../../src/app/check/app-plans.ts';
import type { MintPlan } from '../../../src/core/app-tokens/mint-plan.ts';
import type { RegistryTarget } from '../../../src/core/target/target.ts';

test.each([
  ['acme', true],
  ['acme/tool', true],
  ['lab', false],
  ['acme-lab', false],
])("the failure of acme's packages is told of ghcr.io/%s: %s", (namespace, isTold) => {
  const target = { kind: 'registry', host: 'ghcr.io', segments: namespace.split('/') };
  const plan = { registries: [{ host: 'ghcr.io', segments: ['acme'] }] };
  expect(covers(plan as unknown as MintPlan, target as unknown as RegistryTarget)).toBe(isTold);
});
