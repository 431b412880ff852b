import { cpSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasChromium } from '../testing/src/chromium.ts'
import { filesOf, type Guide, guidePage, HOST_FOLDER } from './guides.ts'
import { install, tarballsOf } from './install.ts'
import { run } from './run.ts'
import { type ServerProcess, startProcess } from './server-process.ts'
import { answers, arrived, buy, visit, visitApi, visitHostile } from './visit-guide.ts'
import { buyByAction, visitNext } from './visit-next.ts'
import type { Workshop } from './workshop.ts'

const HOSTS = fileURLToPath(new URL('./hosts', import.meta.url))

/** What its lines start with. */
export const titleOf = ({ name, variant }: Guide): string =>
  ['guide', name, ...(variant === undefined ? [] : ['|', variant])].join(' ')

/** Builds a guide's application from its page, and does with it what its visitors do. */
export async function checkGuide(workshop: Workshop, guide: Guide): Promise<void> {
  const { root, packed, rows } = workshop
  const { name, packages, dependencies, malformedHost } = guide
  const title = titleOf(guide)
  const folder = join(root, `guide-${name}`)
  const ours = tarballsOf([...packages, '@capi/emulator'], packed)
  const isReady = await rows.check(`${title} | npm install, the page's files, build`, async () => {
    await install(folder, { ...ours, ...dependencies })
    const files = filesOf(guidePage(name)).map((file) => guide.edit?.(file) ?? file)
    const starter = Object.entries(guide.starter ?? {}).map(([path, text]) => ({ path, text }))
    for (const { path, text } of [...starter, ...files]) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    cpSync(HOSTS, join(folder, HOST_FOLDER), { recursive: true })
    const [command, ...rest] = guide.build ?? []
    if (command !== undefined) await run(command, rest, { cwd: folder, env: environmentOf(folder) })
  })
  if (!isReady) return
  const noBrowser = guide.isNext && !hasChromium() ? 'no Chromium' : undefined
  await rows.checkUnless(noBrowser, `${title} | page, pair, collector, purchase`, () =>
    serving(folder, guide, async ({ port, emulator }) => {
      if (guide.isNext) await visitNext(port, emulator)
      else if (guide.isApi) await visitApi(port, emulator)
      else await visit(port, emulator, guide.hasOneCookie)
    }),
  )
  await rows.check(`${title} | hostile headers`, () =>
    serving(folder, guide, async ({ port }) =>
      visitHostile(port, { malformedHost, isApi: guide.isApi }),
    ),
  )
  if (guide.deliversOnSigterm === false) {
    rows.skip(`${title} | SIGTERM`, 'the platform has no such signal')
    return
  }
  await rows.check(`${title} | SIGTERM delivers what waits`, () =>
    serving(folder, guide, async ({ port, emulator, shop }) => {
      const order = guide.isNext
        ? await buyByAction(port)
        : await buy(port, { path: guide.isApi ? '/api/checkout' : '/checkout' })
      await shop.stop()
      await arrived(emulator, 'Purchase', `order.${order}`)
    }),
  )
}

interface Served {
  readonly port: number
  readonly emulator: { readonly url: string }
  readonly shop: ServerProcess
}

async function serving(
  folder: string,
  guide: Guide,
  visitor: (served: Served) => Promise<void>,
): Promise<void> {
  const bin = join(folder, 'node_modules/@capi/emulator/dist/bin.js')
  const emulator = startProcess(process.execPath, [bin, '--port', '0'], { cwd: folder })
  try {
    const url = await emulator.printed(/Base URL\s+(\S+)/)
    const port = await freePort()
    const filled = (text: string) => text.replace('PORT', String(port)).replace('EMULATOR', url)
    const [command = '', ...rest] = guide.start.map(filled)
    const own = Object.entries(guide.env ?? {}).map(([key, text]) => [key, filled(text)])
    const shop = startProcess(command === 'node' ? process.execPath : command, rest, {
      cwd: folder,
      env: {
        ...environmentOf(folder),
        CAPI_BASE_URL: url,
        META_PIXEL_ID: '1234567890',
        META_CAPI_ACCESS_TOKEN: 'any-token',
        SITE_URL: 'https://shop.example',
        PORT: String(port),
        ...Object.fromEntries(own),
      },
    })
    // A platform's stand-in has processes of its own to end.
    const end = guide.deliversOnSigterm === false ? 'SIGTERM' : 'SIGKILL'
    let isOver = false
    void shop.ended.then(() => {
      isOver = true
    })
    try {
      await answers(port, () => isOver)
      await visitor({ port, emulator: { url }, shop })
    } catch (error) {
      throw new Error(
        `${error instanceof Error ? error.message : String(error)}\n${await shop.stop(end)}`,
      )
    } finally {
      await shop.stop(end)
    }
  } finally {
    await emulator.stop()
  }
}

/** The application's own commands first, then this Node.js. */
function environmentOf(folder: string): Readonly<Record<string, string>> {
  const places = [join(folder, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH']]
  return {
    PATH: places.join(delimiter),
    ASTRO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    NUXT_TELEMETRY_DISABLED: '1',
    WRANGLER_SEND_METRICS: 'false',
  }
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
