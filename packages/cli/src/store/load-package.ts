import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CliError } from '../shell/cli-error.ts'

/** Of the application first: its version wrote what is read. Where it has none, of this program. */
export async function loadPackage<T>(name: string, own: () => Promise<T>): Promise<T> {
  const found = pathOf(name)
  if (found !== undefined) return (await import(pathToFileURL(found).href)) as T
  try {
    return await own()
  } catch (error) {
    const message = `${name} is not installed where this runs. Install it beside @capi/cli: npm install ${name}`
    throw new CliError('package_missing', message, error)
  }
}

function pathOf(name: string): string | undefined {
  try {
    return createRequire(join(process.cwd(), 'package.json')).resolve(name)
  } catch {
    return undefined
  }
}
