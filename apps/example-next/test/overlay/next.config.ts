import type { NextConfig } from 'next'

const config: NextConfig = {
  // `typecheck` has done it.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: '/configured', headers: [{ key: 'Cache-Control', value: 'public, s-maxage=600' }] },
  ],
}

export default config
