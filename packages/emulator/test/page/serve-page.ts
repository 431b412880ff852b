import { rm } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { launchChromium } from '@capi/testing/chromium'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { createEmulator, type Emulator } from '../../src/index.ts'
import { pageRoutes } from '../../src/page/page-routes.ts'
import { buildPage } from './build-page.ts'

export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1280, height: 800 }

/** The page as it is published, in front of an emulator that is new for each test, and a browser. */
export interface ServedPage {
  readonly url: string
  readonly browser: Browser
  /** The emulator that answers now. */
  readonly emulator: () => Emulator
  readonly renew: () => void
  /** A page in a browser of its own, once it follows the emulator. */
  readonly open: (viewport: typeof PHONE, hash?: string) => Promise<Page>
  readonly close: () => Promise<void>
}

export async function servePage(): Promise<ServedPage> {
  const folder = await buildPage()
  const files = pageRoutes(() => pathToFileURL(`${folder}/`))
  const isFile = /^\/(?:__capi\/[\w-]+\.(?:js|css))?$/
  let emulator = createEmulator()
  const answer = (request: Request) =>
    isFile.test(new URL(request.url).pathname) ? files.fetch(request) : emulator.fetch(request)
  const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const browser = await launchChromium()
  return {
    url,
    browser,
    emulator: () => emulator,
    renew: () => {
      emulator = createEmulator()
    },
    async open(viewport, hash = '') {
      const page = await (await browser.newContext({ viewport })).newPage()
      await page.goto(`${url}/${hash}`)
      await page.getByRole('button', { name: /Live/ }).waitFor()
      return page
    },
    async close() {
      await browser.close()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
