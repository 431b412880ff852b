/** A page that caches may share, by the route's own word. */
export function GET(): Response {
  const headers = { 'content-type': 'text/html', 'cache-control': 'public, s-maxage=600' }
  return new Response('cached', { headers })
}
