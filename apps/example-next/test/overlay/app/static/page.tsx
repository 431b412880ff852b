/** Made by `next build`, and kept by caches for a year. */
export const dynamic = 'force-static'

export default function StaticPage() {
  return <p>static</p>
}
