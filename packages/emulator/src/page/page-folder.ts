/**
 * Where the built page lies: `dist/page/`, beside the built code. Run from sources, this file stands in
 * `src/page/` instead.
 */
export function pageFolder(here: string = import.meta.url): URL {
  const isSource = here.endsWith('/src/page/page-folder.ts')
  return new URL(isSource ? '../../dist/page/' : './page/', here)
}
