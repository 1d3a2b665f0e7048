const region = '([a-z]{2}(?:-[a-z]+)+-\\d{1,2})';
const service = `git-codecommit(?:-fips)?\\.${region}`;

/**
 * https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html, and the hosts of VPC endpoints; whole hosts, not
 * anything that ends alike (security rule 10).
 */
const patterns = [
  new RegExp(`^${service}\\.amazonaws\\.com(?:\\.cn)?$`),
  new RegExp(`^vpce-[a-z0-9]+(?:-[a-z0-9]+)*\\.${service}\\.vpce\\.amazonaws\\.com(?:\\.cn)?$`),
];

/** The region of a CodeCommit host: `eu-west-1`. Null when it is none. */
export function codeCommitRegion(host: string): string | null {
  return patterns.map((pattern) => pattern.exec(host)?.[1]).find((found) => found !== undefined) ?? null;
}
