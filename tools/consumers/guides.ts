import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from '../public-packages.ts'

/** A guide of the site whose code is installed, built, started and visited. Its code stands in the page alone. */
export interface Guide {
  /** The page: `apps/docs/content/guides/<name>.md`. */
  readonly name: string
  /** Public packages it installs. */
  readonly packages: readonly string[]
  /** At the versions that are current; the page names none. */
  readonly dependencies: Readonly<Record<string, string>>
  readonly build?: readonly string[]
  /** The command; `PORT` in it and in `env` is the port, `EMULATOR` the emulator's address. */
  readonly start: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What a Host line that is none is answered with: by the framework, before any code of ours. */
  readonly malformedHost: readonly number[]
  /** Another way to run the same page's code. */
  readonly variant?: string
  /** Whether the platform lets one Set-Cookie through. */
  readonly hasOneCookie?: boolean
  /** Whether the visitor's page is somewhere else, and its scripts call an API. */
  readonly isApi?: boolean
  /** Files that the framework's own starter writes. */
  readonly starter?: Readonly<Record<string, string>>
  /** What a variant writes in place of a file of the page. */
  readonly edit?: (file: GuideFile) => GuideFile
  /** Whether its visitor is Chromium, and it sells by a server action; default: by a form. */
  readonly isNext?: boolean
  /** Whether SIGTERM lets the application deliver what waits; default true. */
  readonly deliversOnSigterm?: boolean
}

/** Stands in for a platform: `hosts/<name>.mjs`, copied beside the guide's files. */
const onHost = (name: string) => ['node', `${HOST_FOLDER}/${name}.mjs`]
/** Where the hosts are, in a guide's application. */
export const HOST_FOLDER = 'host'

const HONO = { hono: '4.13.19' }
const HONO_ON_NODE = { ...HONO, '@hono/node-server': '2.1.9' }

// Its command would start this file, and leave it running. It writes its own scheme into Origin, unless it is told the site's.
const WRANGLER_DEV =
  'node node_modules/wrangler/wrangler-dist/cli.js dev --port PORT --ip 127.0.0.1 --show-interactive-dev-session=false ' +
  '--local-upstream shop.example --upstream-protocol https ' +
  '--var META_PIXEL_ID:1234567890 META_CAPI_ACCESS_TOKEN:any-token CAPI_BASE_URL:EMULATOR'

const lambda = (event: string, variant: string): Guide => ({
  name: 'aws-lambda',
  variant,
  packages: ['@capi/web'],
  dependencies: HONO,
  start: onHost('lambda'),
  env: { LAMBDA_EVENT: event },
  malformedHost: event === 'v1' ? [400] : [200, 400, 500],
  hasOneCookie: event === 'alb',
  deliversOnSigterm: false,
})

/** With the compiler and types that `create-next-app` installs. */
const next = (version: string, variant: Pick<Guide, 'variant' | 'edit'> = {}): Guide => ({
  name: 'next',
  ...variant,
  packages: ['@capi/next', '@capi/browser'],
  dependencies: {
    next: version,
    react: '19.3.1',
    'react-dom': '19.3.1',
    '@types/node': '22.20.5',
    '@types/react': '19.3.3',
    '@types/react-dom': '19.3.0',
    typescript: '5.9.3',
  },
  starter: {
    'tsconfig.json': '{ "compilerOptions": { "strict": true, "moduleResolution": "bundler" } }',
  },
  build: ['next', 'build'],
  start: 'next start --port PORT --hostname 127.0.0.1'.split(' '),
  env: { SITE_URL: 'http://127.0.0.1:PORT', PIXEL_URL: 'EMULATOR/en_US/fbevents.js' },
  malformedHost: [200, 400, 500],
  isNext: true,
})

/** What the page says of Next 15. */
const asMiddleware = ({ path, text }: GuideFile): GuideFile =>
  path === 'proxy.ts'
    ? {
        path: 'middleware.ts',
        text: text
          .replace('const proxy', 'const middleware')
          .replace('config = { ', "config = { runtime: 'nodejs', "),
      }
    : { path, text }

export const GUIDES: readonly Guide[] = [
  next('16.4.6'),
  next('15.5.29', { variant: 'Next 15', edit: asMiddleware }),
  {
    name: 'fastify',
    packages: ['@capi/fastify'],
    dependencies: { fastify: '5.12.8', '@fastify/formbody': '9.0.1' },
    start: ['node', 'shop.mjs'],
    malformedHost: [200],
  },
  {
    name: 'hono',
    packages: ['@capi/web'],
    dependencies: HONO_ON_NODE,
    start: ['node', 'shop.mjs'],
    malformedHost: [400],
  },
  {
    name: 'sveltekit',
    packages: ['@capi/web'],
    dependencies: {
      '@sveltejs/adapter-node': '6.0.1',
      '@sveltejs/kit': '3.2.0',
      '@sveltejs/vite-plugin-svelte': '7.3.1',
      svelte: '5.57.3',
      vite: '8.4.0',
    },
    build: ['vite', 'build'],
    start: ['node', 'build'],
    malformedHost: [400],
  },
  {
    name: 'astro',
    packages: ['@capi/web'],
    dependencies: { '@astrojs/node': '11.1.6', astro: '7.3.5' },
    build: ['astro', 'build'],
    start: ['node', 'dist/server/entry.mjs'],
    malformedHost: [200, 400],
  },
  {
    name: 'nuxt',
    packages: ['@capi/express'],
    dependencies: { nuxt: '4.5.2' },
    build: ['nuxt', 'build'],
    start: ['node', '.output/server/index.mjs'],
    malformedHost: [200, 500],
  },
  {
    name: 'react-router',
    packages: ['@capi/web'],
    dependencies: {
      '@react-router/dev': '8.4.0',
      '@react-router/node': '8.4.0',
      '@react-router/serve': '8.4.0',
      isbot: '5.2.3',
      react: '19.3.1',
      'react-dom': '19.3.1',
      'react-router': '8.4.0',
      vite: '8.4.0',
    },
    build: ['react-router', 'build'],
    start: ['react-router-serve', 'build/server/index.js'],
    malformedHost: [500],
  },
  {
    name: 'bun',
    packages: ['@capi/web'],
    dependencies: { bun: '1.4.5' },
    start: ['bun', 'shop.js'],
    malformedHost: [200],
  },
  {
    name: 'deno',
    packages: ['@capi/web'],
    dependencies: { deno: '2.9.6' },
    start: ['deno', 'run', '--allow-net', '--allow-env', '--allow-sys', 'shop.js'],
    malformedHost: [500],
  },
  {
    name: 'cloudflare-workers',
    packages: ['@capi/web'],
    dependencies: { ...HONO, wrangler: '4.164.0' },
    start: WRANGLER_DEV.split(' '),
    malformedHost: [500],
    deliversOnSigterm: false,
  },
  lambda('v2', 'a function URL'),
  lambda('v1', 'a REST API'),
  lambda('alb', 'a load balancer'),
  lambda('alb-multi', 'a load balancer with multi-value headers'),
  {
    name: 'vercel',
    packages: ['@capi/web'],
    dependencies: { '@vercel/functions': '3.9.9', '@hono/node-server': '2.1.9', hono: '4.13.19' },
    start: onHost('vercel'),
    malformedHost: [400],
    deliversOnSigterm: false,
  },
  {
    name: 'single-page-application',
    packages: ['@capi/web'],
    dependencies: HONO_ON_NODE,
    start: ['node', 'api.mjs'],
    malformedHost: [400],
    isApi: true,
  },
]

/** A file of a guide, from a fence such as "```js title="src/hooks.server.js"". */
export interface GuideFile {
  readonly path: string
  readonly text: string
}

export function guidePage(name: string): string {
  return readFileSync(join(REPOSITORY, 'apps/docs/content/guides', `${name}.md`), 'utf8')
}

export function filesOf(page: string): readonly GuideFile[] {
  const fences = page.matchAll(/^```\w+ title="([^"]+)"\n(.*?)^```$/gms)
  return [...fences].map(([, path = '', text = '']) => ({ path, text }))
}

/** The paths that the tree of files of a page shows: its first block of text. */
export function treeOf(page: string): readonly string[] {
  const [, tree = ''] = /^```text\n(.*?)^```$/ms.exec(page) ?? []
  const folders: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', name = ''] = /^(\s*)(\S+)/.exec(line) ?? []
    if (name === '') return []
    folders.length = indent.length / 2
    if (name.endsWith('/')) {
      folders.push(name)
      return []
    }
    return [folders.join('') + name]
  })
}
