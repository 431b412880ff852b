import { CapiConfigError } from '../issue/errors.ts'

/** A package whose thread is a file of its own, beside the file that starts it. */
export interface OwnThread {
  /** Who asks for it: `sqliteOutbox`. */
  readonly name: string
  /** The package, as bundlers leave it out: `@capi/sqlite`. */
  readonly from: string
  /** `import.meta.url` of the file that starts it; a bundler may leave nothing of it. */
  readonly here: string | undefined
  /** The thread's file among the sources, without what follows the last dot. */
  readonly source: string
  /** The built file's name, which no file of an application's bundle has. */
  readonly built: string
  /** Whether there is such a file. */
  readonly exists: (file: URL) => boolean
}

const EXTENSION = /\.[cm]?[jt]s$/

/**
 * Where a thread's file is: beside this one, under the same kind of name.
 * @throws CapiConfigError where a bundler has left it behind: at the start, before the first event is lost.
 * @internal
 */
export function workerFile({ name, from, here, source, built, exists }: OwnThread): URL {
  const [extension] = EXTENSION.exec(here ?? '') ?? []
  if (here !== undefined && extension !== undefined && URL.canParse(here)) {
    const file = new URL(`./${extension === '.ts' ? source : built}${extension}`, here)
    if (exists(file)) return file
  }
  throw new CapiConfigError(
    'config_invalid',
    `${name} cannot start its thread: a bundler has put ${from} into another file, and the thread's file is not beside that. Leave ${from} out of the bundle, and install it where the application runs: external: ['${from}'] in esbuild, Rollup and tsup, externals in webpack, ssr.external in Vite, serverExternalPackages in Next, --external ${from} for ncc (worker_missing).`,
  )
}
