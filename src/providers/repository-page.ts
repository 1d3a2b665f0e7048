/**
 * The repository behind the address of one of its pages, on hosts where a repository is exactly OWNER/NAME: what people
 * copy from a browser. Other paths stay as they are.
 */
export function withoutPage(segments: readonly string[], pages: ReadonlySet<string>): readonly string[] {
  return pages.has(segments[2] ?? '') ? segments.slice(0, 2) : segments;
}
