import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../../page')

/** Builds the page as it is published. @returns its folder, for the caller to remove. */
export async function buildPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'capi-page-'))
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    // Without it, the environment of the tests would bring the libraries' development builds.
    mode: 'production',
    build: { outDir: folder },
  })
  return folder
}
