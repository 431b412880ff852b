import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

export const WIDE = { width: 1280, height: 800 }
export const NARROW = { width: 360, height: 740 }

/** Errors, refused resources and broken policy, as the page reports them. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  return problems
}

export function pictureFolder(): string {
  const folder = process.argv[2] ?? join(tmpdir(), 'capi-emulator-page')
  mkdirSync(folder, { recursive: true })
  return folder
}
