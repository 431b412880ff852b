import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compileMistakes } from './compile-mistakes.ts'
import { createDesk, type Desk } from './desk.ts'
import { hear } from './hear.ts'

const folder = fileURLToPath(new URL('../mistakes', import.meta.url))
const names = readdirSync(folder)
  .map((file) => file.slice(0, -'.ts'.length))
  .sort()

/** No mistake in what it does. */
const HARMLESS = ['with-awaited']

/** An error, or nothing where something was asked for. */
const REFUSED = /^rejects|^gives undefined$/

interface Row {
  readonly code: string
  readonly compiler: string
  readonly runTime: readonly string[]
}

describe('mistakes', () => {
  const compiled = compileMistakes(names.map((name) => join(folder, `${name}.ts`)))
  const rows = new Map<string, Row>()

  it.each(names)('says something of %s', async (name) => {
    const { mistake }: { mistake: (desk: Desk) => unknown } = await import(`../mistakes/${name}.ts`)
    const desk = createDesk()
    const answer = await hear(() => mistake(desk))
    await desk.capi.close()
    const runTime = [
      answer,
      ...desk.log,
      ...desk.drops.map((drop) => `onDropped: ${drop}`),
      sent(desk),
    ]
    const compiler = compiled.get(name) ?? ''
    rows.set(name, { code: codeOf(name), compiler, runTime: runTime.filter((line) => line !== '') })
    const isHeard = desk.log.length > 0 || desk.drops.length > 0 || REFUSED.test(answer)
    if (!HARMLESS.includes(name)) expect(isHeard || compiler !== '').toBe(true)
  })

  it('says it as recorded', async () => {
    await expect(table(rows)).toMatchFileSnapshot('../mistakes.md')
  })
})

function sent({ emulator }: Desk): string {
  const events = emulator.events().map(({ event_name, status }) => `${event_name} ${status}`)
  return events.length === 0 ? '' : `Meta has: ${events.join(', ')}`
}

function codeOf(name: string): string {
  const [, code = ''] =
    /export const mistake = [^>]*=>\s*(.*)/s.exec(
      readFileSync(join(folder, `${name}.ts`), 'utf8'),
    ) ?? []
  return code
    .replaceAll(/,(\s*[}\])])/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/([([]) | ([)\].])/g, '$1$2')
    .trim()
}

const HEAD = `# Mistakes

Made by \`test/mistakes.test.ts\`: what TypeScript 6 says first of each mistake in \`mistakes/\`, at the code that it underlines, and
what JavaScript hears of it when it runs: the answer of the call, lines of the log, losses, and what reached Meta.

| Mistake | TypeScript | At run time |
| --- | --- | --- |
`

function table(rows: ReadonlyMap<string, Row>): string {
  const lines = [...rows].map(([name, { code, compiler, runTime }]) =>
    [`${name}<br>\`${code}\``, compiler || 'compiles', runTime.join('<br>')]
      .map((cell) =>
        cell
          .replaceAll('|', '\\|')
          .replaceAll(/fbtrace_id [\w-]+/g, 'fbtrace_id …')
          .replaceAll('\n', ' '),
      )
      .join(' | '),
  )
  return `${HEAD}${lines.map((line) => `| ${line} |`).join('\n')}\n`
}
