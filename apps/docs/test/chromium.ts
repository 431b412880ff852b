import { type Browser, chromium } from 'playwright-core'

export const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
export const WIDE = { width: 1280, height: 900 }
export const NARROW = { width: 360, height: 740 }

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
