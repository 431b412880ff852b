/** The pages in reading order: for the side of the site, and for llms.txt. A folder lists all it holds. */
export const SECTIONS: readonly {
  readonly label: string
  readonly pages: readonly string[] | { readonly folder: string; readonly isCollapsed?: boolean }
}[] = [
  { label: 'Start', pages: ['index', 'quick-start', 'migration', 'going-live'] },
  {
    label: 'Concepts',
    pages: [
      'concepts/pixel-and-server',
      'concepts/event-id',
      'concepts/match-keys',
      'concepts/hashing',
      'concepts/consent',
      'concepts/delivery',
      'concepts/speed',
      'concepts/stability',
    ],
  },
  {
    label: 'Guides',
    pages: [
      'guides/deduplicate',
      'guides/express',
      'guides/nest',
      'guides/next',
      'guides/shopify',
      'guides/any-server',
      'guides/sqlite',
      'guides/beyond-one-machine',
      'guides/bullmq-jobs',
      'guides/pg-boss-jobs',
      'guides/offline-purchases',
      'guides/testing',
      'guides/check-a-set-up',
      'guides/quality-score',
      'guides/order-that-never-arrived',
    ],
  },
  {
    label: 'Frameworks and platforms',
    pages: [
      'guides/fastify',
      'guides/hono',
      'guides/sveltekit',
      'guides/astro',
      'guides/nuxt',
      'guides/react-router',
      'guides/single-page-application',
      'guides/cloudflare-workers',
      'guides/bun',
      'guides/deno',
      'guides/vercel',
      'guides/aws-lambda',
    ],
  },
  { label: 'Operations', pages: ['operations/run-book'] },
  {
    label: 'Troubleshooting',
    pages: [
      'troubleshooting/where-to-look',
      'troubleshooting/errors',
      'troubleshooting/meta-errors',
      'troubleshooting/issues',
      'troubleshooting/diagnostics',
      'troubleshooting/warnings-and-losses',
    ],
  },
  { label: 'Packages', pages: { folder: 'packages' } },
  { label: 'Examples', pages: { folder: 'examples' } },
  { label: 'API reference', pages: { folder: 'reference', isCollapsed: true } },
]
