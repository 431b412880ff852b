import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'

const FOLDER = fileURLToPath(new URL('..', import.meta.url))

/** A module of `workers/` by its name, or the text of one. */
export type Source = { readonly file: string } | { readonly code: string }

/** One file, as a user of Cloudflare Workers deploys it: the built packages, bundled. */
async function bundle(source: Source): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents:
        'code' in source ? source.code : `export { default } from './workers/${source.file}'`,
      resolveDir: FOLDER,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

export interface WorkerOptions {
  readonly bindings?: Readonly<Record<string, string>>
  readonly nodejsCompat?: boolean
  readonly compatibilityDate?: string
  /** Binds a queue of this name, which the worker consumes too. */
  readonly queue?: string
}

export interface RunningWorker extends AsyncDisposable {
  fetch(path: string, body?: string): Promise<{ readonly status: number; readonly text: string }>
  /** Where it listens. */
  readonly port: number
  /** What the worker wrote to its console, and workerd of its own accord. */
  readonly logged: readonly string[]
}

/** Runs a module in workerd. */
export async function startWorker(
  source: Source,
  {
    bindings = {},
    nodejsCompat = false,
    compatibilityDate = '2026-07-30',
    queue,
  }: WorkerOptions = {},
): Promise<RunningWorker> {
  const logged: string[] = []
  const worker = new Miniflare({
    modules: true,
    script: await bundle(source),
    compatibilityDate,
    ...(nodejsCompat && { compatibilityFlags: ['nodejs_compat'] }),
    bindings: { ...bindings },
    ...(queue !== undefined && {
      queueProducers: { [queue]: 'events' },
      queueConsumers: { events: { maxBatchSize: 10, maxBatchTimeout: 1, maxRetries: 5 } },
    }),
    handleStructuredLogs: ({ message }: { readonly message: string }) => void logged.push(message),
  })
  const { port } = await worker.ready
  return {
    port: Number(port),
    async fetch(path, body) {
      const response = await worker.dispatchFetch(`https://shop.example${path}`, {
        ...(body !== undefined && { method: 'POST', body }),
        headers: { 'user-agent': 'UA/1', 'cf-connecting-ip': '81.6.1.2' },
      })
      return { status: response.status, text: await response.text() }
    },
    logged,
    [Symbol.asyncDispose]: () => worker.dispose(),
  }
}
