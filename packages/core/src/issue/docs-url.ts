/** Where the documentation stands. The site has no address yet: until then `docsUrl` is a page's path on it. */
const SITE = ''

/**
 * The page of a code, and its place there. Joining texts copies none of their letters before they are read, so an issue
 * pays some ten nanoseconds for it (Node.js 26).
 */
export function docsUrl(page: 'errors' | 'issues' | 'meta-errors', anchor: string): string {
  return `${SITE}/troubleshooting/${page}/#${anchor}`
}
