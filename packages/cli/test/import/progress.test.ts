import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { duration, type Standing, showProgress } from '../../src/import/run/progress.ts'
import { createTerminal, type Streams } from '../../src/shell/terminal.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => void vi.useRealTimers())

function shown(isTTY: boolean, standing: () => Standing) {
  const lines: string[] = []
  const stderr = { isTTY, columns: 100, write: (text: string) => lines.push(text) }
  const streams = { stdin: { isTTY }, stdout: {}, stderr } as unknown as Streams
  const end = showProgress(createTerminal(streams, { TERM: 'xterm' }, false), standing)
  return { lines, end }
}

it('writes a line each five seconds where there is no terminal, with rate and time left', () => {
  let rows = 0
  const { lines, end } = shown(false, () => ({
    part: rows / 1_000,
    delivered: rows,
    refused: 2,
    rows,
  }))
  for (const settled of [100, 200, 300]) {
    rows = settled
    vi.advanceTimersByTime(4_000)
  }
  expect(lines).toEqual([
    ' 20 % 200 sent, 2 refused · 40 rows/s · 20 s left\n',
    ' 30 % 300 sent, 2 refused · 30 rows/s · 24 s left\n',
  ])
  end()
  vi.advanceTimersByTime(60_000)
  expect(lines).toHaveLength(2)
})

it('draws a bar on a terminal, says why it waits, and wipes it at the end', () => {
  const { lines, end } = shown(true, () => ({
    part: 0.5,
    delivered: 10,
    refused: 0,
    rows: 10,
    waits: 'waits 4 s (meta_4)',
  }))
  vi.advanceTimersByTime(100)
  expect(lines).toEqual([
    `\r\u001b[2K${'█'.repeat(12)}${'░'.repeat(12)}  50 % 10 sent · waits 4 s (meta_4)`,
  ])
  end()
  expect(lines.at(-1)).toBe('\r\u001b[2K')
})

it.each([
  [4.2, '5 s'],
  [123, '2 min 3 s'],
  [3_900, '1 h 5 min'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})
