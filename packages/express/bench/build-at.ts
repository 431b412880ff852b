import { pathToFileURL } from 'node:url'
import type * as Core from '@capi/core'
import type * as Adapter from '../src/index.ts'

/** Core and the adapter of the build whose packages lie in this folder. Default: these sources. */
export async function buildAt(packages?: string): Promise<typeof Core & typeof Adapter> {
  const built = (name: string) => pathToFileURL(`${packages}/${name}/dist/index.js`).href
  const core = packages === undefined ? '@capi/core' : built('core')
  const adapter = packages === undefined ? '../src/index.ts' : built('express')
  return { ...(await import(core)), ...(await import(adapter)) }
}
