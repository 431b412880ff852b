import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const HOME = join(import.meta.dirname, '..')
const guide = readFileSync(join(HOME, '../docs/content/guides/next.md'), 'utf8')
const blocks = [...guide.matchAll(/^```tsx title="([^"]+)"\n(.*?)^```$/gms)]

describe('the guide', () => {
  it.each(blocks.map(([, file = '', code = '']) => [file, code]))(
    'shows %s as it is',
    (file, code) => {
      expect(code).toBe(readFileSync(join(HOME, file), 'utf8'))
    },
  )

  it('shows every file of the shop', () => {
    const tree = /^```text\napp\/\n(.*?)^```$/ms.exec(guide)?.[1] ?? ''
    expect(blocks).toHaveLength(12)
    for (const [, file = ''] of blocks)
      expect(`app/ ${tree}`).toContain(file.replace(/^(app|components|lib)\//, ''))
  })
})

it('is compiled by Next without its tests, whose packages `start` does not install', () => {
  const tsc = join(HOME, 'node_modules/.bin/tsc')
  const files = execFileSync(tsc, ['--listFilesOnly', '-p', HOME], { encoding: 'utf8' })
  expect(files).toContain('example-next/app/page.tsx')
  expect(files).not.toMatch(/tools\/testing|example-next\/test\//)
})
