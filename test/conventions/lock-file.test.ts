import { expect, test } from 'vitest';
import { read } from './sources.ts';

interface Package {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const packages: Record<string, Package> = JSON.parse(read('package-lock.json')).packages;

test('the lock file knows the packages of every platform, else `npm ci` refuses it', () => {
  const optional = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
  const missing = optional.filter(
    (name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)),
  );
  expect(missing).toEqual([]);
});
