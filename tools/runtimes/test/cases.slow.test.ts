import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readVectors } from '../cases/read-vectors.ts'
import type { Outcomes } from '../cases/to-bytes.ts'
import { runProgram } from '../src/run-program.ts'
import { startWorker } from '../src/start-worker.ts'

const folder = mkdtempSync(join(tmpdir(), 'capi-cases-'))
const file = join(folder, 'vectors.json')
const vectors = readVectors()
let onNode: Outcomes = {}

beforeAll(async () => {
  writeFileSync(file, JSON.stringify(vectors))
  onNode = JSON.parse((await runProgram('node', 'cases', file)).stdout)
})

afterAll(() => rmSync(folder, { recursive: true }))

it('has an outcome for every case and vector, most of them an event that is sent', () => {
  const outcomes = Object.values(onNode)
  expect(outcomes.length).toBeGreaterThan(Object.keys(vectors).length + 150)
  const sent = outcomes.filter((outcome) => outcome.includes('"event_name"'))
  expect(sent.length).toBeGreaterThan(150)
  expect(new Set(sent).size).toBeGreaterThan(100)
})

it.each(['bun', 'deno'] as const)('gives the same bytes on %s as on Node.js', async (runtime) => {
  const { stdout } = await runProgram(runtime, 'cases', file)
  expect(JSON.parse(stdout)).toEqual(onNode)
})

it.each([true, false])(
  'gives the same bytes on workerd, nodejs_compat: %s',
  async (nodejsCompat) => {
    await using worker = await startWorker({ file: 'cases.ts' }, { nodejsCompat })
    const { text } = await worker.fetch('/', JSON.stringify(vectors))
    expect(JSON.parse(text)).toEqual(onNode)
  },
)
