// Sums vitest's JSON reports of a folder and ends with the verdict: `N passed, N failed`.
// A step that failed without a failing test (a linter, an install) counts as one failure.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, failedSteps] = process.argv.slice(2);
const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const [passed, skipped] = [sum('numPassedTests'), sum('numPendingTests')];
const failed = Math.max(sum('numFailedTests'), Number(failedSteps));

if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
