/** Deeper than any event, and far from the end of the stack. */
const MAX_DEPTH = 100

interface Cursor {
  readonly text: string
  readonly nowMs: number
  at: number
}

/**
 * The values of JavaScript or JSON written as literals, one after the other: bare keys, single quotes, comments and
 * commas at the end are taken, and `Math.floor(Date.now() / 1000)` is the time. Nothing is run.
 * @throws SyntaxError for anything else
 */
export function readLiterals(text: string, nowMs: number): readonly unknown[] {
  const cursor: Cursor = { text, nowMs, at: 0 }
  const values: unknown[] = []
  for (;;) {
    values.push(readValue(cursor, 0))
    if (!take(cursor, ',') || isAtEnd(cursor)) break
  }
  if (!isAtEnd(cursor)) throw unreadable()
  return values
}

function readValue(cursor: Cursor, depth: number): unknown {
  if (depth > MAX_DEPTH) throw unreadable()
  if (take(cursor, '{'))
    return Object.fromEntries(readList(cursor, '}', () => readEntry(cursor, depth)))
  if (take(cursor, '[')) return readList(cursor, ']', () => readValue(cursor, depth + 1))
  const text = readText(cursor)
  return text ?? readWord(cursor)
}

function readList<T>(cursor: Cursor, end: string, read: () => T): T[] {
  const items: T[] = []
  while (!take(cursor, end)) {
    items.push(read())
    if (take(cursor, ',')) continue
    if (!take(cursor, end)) throw unreadable()
    break
  }
  return items
}

function readEntry(cursor: Cursor, depth: number): readonly [string, unknown] {
  const key = readText(cursor) ?? match(cursor, /[\w$]+/y)
  if (key === undefined || !take(cursor, ':')) throw unreadable()
  return [key, readValue(cursor, depth + 1)]
}

const QUOTED = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`/y

function readText(cursor: Cursor): string | undefined {
  return match(cursor, QUOTED)
    ?.slice(1, -1)
    .replaceAll(
      /\\(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2})|(\r?\n|[\s\S]))/gi,
      unescaped,
    )
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
  '\r\n': '',
}

function unescaped(_: string, u?: string, point?: string, x?: string, rest = ''): string {
  const hex = u ?? point ?? x
  if (hex === undefined) return ESCAPES[rest] ?? rest
  const code = Number.parseInt(hex, 16)
  return code > 0x10_ff_ff ? '\ufffd' : String.fromCodePoint(code)
}

const NUMBER = /-?(?:0x[0-9a-f]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?![\w$.])/iy
const NAMED: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
])
/** `Math.floor(Date.now() / 1000)`, `Math.round(+new Date / 1e3)`, `~~(Date.now()/1000)` and `Date.now()`. */
const NOW =
  /(?:Math\.\w+|parseInt|Number|~~)?\s*\(?\s*\+?(?:new\s+)?Date(?:\.now)?(?:\(\))?(?:\.getTime\(\)|\.valueOf\(\))?(?:\s*\/\s*1(?:000|_000|e3))?\s*\)?/y

function readWord(cursor: Cursor): unknown {
  const number = match(cursor, NUMBER)
  if (number !== undefined) return Number(number.replaceAll('_', ''))
  const now = match(cursor, NOW)
  if (now !== undefined) return now.includes('/') ? Math.floor(cursor.nowMs / 1000) : cursor.nowMs
  const word = match(cursor, /[a-z]+(?![\w$.(])/iy)
  if (word === undefined || !NAMED.has(word)) throw unreadable()
  return NAMED.get(word)
}

const GAP = /(?:\s+|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)+/y

function skip(cursor: Cursor): void {
  GAP.lastIndex = cursor.at
  cursor.at += GAP.exec(cursor.text)?.[0].length ?? 0
}

function isAtEnd(cursor: Cursor): boolean {
  skip(cursor)
  return cursor.at >= cursor.text.length
}

function take(cursor: Cursor, character: string): boolean {
  skip(cursor)
  if (cursor.text[cursor.at] !== character) return false
  cursor.at++
  return true
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  skip(cursor)
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  cursor.at += found?.length ?? 0
  return found
}

function unreadable(): SyntaxError {
  return new SyntaxError('no literal')
}
