import { launchChromium } from '@capi/testing/chromium'
import type { Page } from 'playwright-core'

/** A tab of a browser. */
export interface Tab {
  /** Loads a page and waits until it has. */
  open(url: string): Promise<void>
  /** The value of an expression in the page. */
  run<T>(expression: string): Promise<T>
  /** One page back. */
  back(): Promise<void>
}

/** Somebody with a browser: cookies of their own. */
export interface Visitor {
  tab(): Promise<Tab>
  /** From now on, requests of its tabs for this path fail, as a blocker lets them. */
  block(pathname: string): Promise<void>
  leave(): Promise<void>
}

/** A browser that runs. */
export interface TestBrowser {
  visitor(userAgent?: string): Promise<Visitor>
  close(): Promise<void>
}

/** Another host than this machine, on plain http, so that no browser trusts it. */
export const PLAIN_HOST = 'www.shop.test'

export async function startChromium(): Promise<TestBrowser> {
  const browser = await launchChromium({
    args: [`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
  const tabOf = (page: Page): Tab => ({
    open: async (url) => void (await page.goto(url)),
    run: (expression) => page.evaluate(expression),
    back: async () => void (await page.goBack({ waitUntil: 'commit' })),
  })
  return {
    async visitor(userAgent) {
      const context = await browser.newContext(userAgent === undefined ? {} : { userAgent })
      return {
        tab: async () => tabOf(await context.newPage()),
        async block(pathname) {
          await context.route(
            (url) => url.pathname === pathname,
            (route) => route.abort(),
          )
        },
        leave: () => context.close(),
      }
    },
    close: () => browser.close(),
  }
}
