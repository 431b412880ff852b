import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readManifest } from '../public-packages.ts'
import { install } from './install.ts'
import { run } from './run.ts'
import { startProcess } from './server-process.ts'

const VERDACCIO = '6.10.4'
/** Takes a free port and reports it. */
const PORT = fileURLToPath(new URL('./preload/free-port.cjs', import.meta.url))
const LIMIT_MS = 30 * 60_000

/** A registry on loopback that holds our packages alone; everything else comes from the machine's own. */
export interface Registry {
  readonly url: string
  /** The lines of an `.npmrc` that sends our scope there, for npm, pnpm, Bun and Deno. */
  readonly npmrc: string
  /** Publishes a packed folder, as npm's client does over HTTP; each of its processes would take seconds. */
  readonly publish: (folder: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts Verdaccio, which is kept in `toolchains`. */
export async function startRegistry(folder: string, toolchains: string): Promise<Registry> {
  const tool = join(toolchains, `verdaccio-${VERDACCIO}`)
  const bin = join(tool, 'node_modules/verdaccio/bin/verdaccio')
  // The override: a dependency of it asks for a tag, which mirrors of npm may not have.
  if (!existsSync(bin))
    await install(
      tool,
      { verdaccio: VERDACCIO },
      { manifest: { overrides: { 'node-fetch': '2.7.0' } } },
    )
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'config.yaml'), CONFIG)
  const args = ['--config', join(folder, 'config.yaml'), '--listen', '127.0.0.1:0']
  const server = startProcess(process.execPath, ['--require', PORT, bin, ...args], {
    cwd: folder,
    limitMs: LIMIT_MS,
  })
  const port = await server.port
  if (port === undefined) throw new Error(`The registry does not start:\n${server.output()}`)
  const url = `http://127.0.0.1:${port}/`
  const npmrc = `@capi:registry=${url}\n//127.0.0.1:${port}/:_authToken=any\n`
  await writeFile(join(folder, '.npmrc'), npmrc)
  return {
    url,
    npmrc,
    publish: (what) => put(url, what),
    close: async () => void (await server.stop()),
  }
}

async function put(registry: string, folder: string): Promise<void> {
  const manifest = readManifest(folder)
  const { name, version } = manifest
  const file = `${name.split('/')[1]}-${version}.tgz`
  const tarball = `${folder}.tgz`
  const base = ['-C', dirname(folder), '--transform', `s,^${basename(folder)},package,`]
  await run('tar', ['-czf', tarball, ...base, basename(folder)], { cwd: folder })
  const bytes = readFileSync(tarball)
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  const dist = { integrity, tarball: `${registry}${name}/-/${file}` }
  const attachment = {
    content_type: 'application/octet-stream',
    data: bytes.toString('base64'),
    length: bytes.length,
  }
  const response = await fetch(registry + name.replace('/', '%2f'), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      _id: name,
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist } },
      _attachments: { [file]: attachment },
    }),
  })
  if (!response.ok)
    throw new Error(`${name}@${version}: ${response.status} ${await response.text()}`)
}

const CONFIG = `storage: ./storage
auth: { htpasswd: { file: ./htpasswd, max_users: -1 } }
uplinks: {}
packages: { '**': { access: $all, publish: $all, unpublish: $all } }
max_body_size: 50mb
log: { type: stdout, format: pretty, level: error }
`
