import { existsSync } from 'node:fs'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

/** Where Debian puts it, and where GitHub's machines have Chrome. */
const USUAL = ['/usr/bin/chromium', '/usr/bin/google-chrome']
const executablePath = process.env['CHROMIUM_PATH'] ?? USUAL.find((path) => existsSync(path))

/** Whether there is a browser to test with: CHROMIUM_PATH, or a usual one. */
export function hasChromium(): boolean {
  return executablePath !== undefined && existsSync(executablePath)
}

/** Chromium that calls nobody by itself. */
export function launchChromium({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    ...options,
    ...(executablePath && { executablePath }),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--enable-precise-memory-info',
      ...args,
    ],
  })
}
