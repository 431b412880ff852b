/** Where a value of JSON text begins and ends. */
export interface Span {
  readonly start: number
  readonly end: number
}

const BLANK = /[\s]*/y
const SCALAR = /[^,\]}\s]*/y

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  pattern.test(text)
  return pattern.lastIndex
}

function endOfText(text: string, at: number): number {
  for (let end = at + 1; ; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === '"' || end >= text.length) return end + 1
  }
}

/** The members of an object or a list: by key, or by index. @param text valid JSON */
export function* membersOf(text: string, { start }: Span): Generator<readonly [string, Span]> {
  const opening = text[start]
  if (opening !== '{' && opening !== '[') return
  let at = skip(BLANK, text, start + 1)
  for (let index = 0; text[at] !== '}' && text[at] !== ']' && at < text.length; index++) {
    let key = String(index)
    if (opening === '{') {
      const end = endOfText(text, at)
      key = JSON.parse(text.slice(at, end)) as string
      at = skip(BLANK, text, skip(BLANK, text, end) + 1) // The colon.
    }
    const end = endOf(text, at)
    yield [key, { start: at, end }]
    at = skip(BLANK, text, end)
    if (text[at] === ',') at = skip(BLANK, text, at + 1)
  }
}

/** Without recursion: a deep file must not end the program. */
function endOf(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; ) {
    const letter = text[at]
    if (letter === '"') at = endOfText(text, at)
    else {
      if (letter === '{' || letter === '[') depth++
      else if (letter === '}' || letter === ']') depth--
      else if (depth === 0) return skip(SCALAR, text, at)
      at++
    }
    if (depth === 0) return at
  }
  return text.length
}

/** All of the text, but for blanks around it. */
export function wholeSpan(text: string): Span {
  return { start: skip(BLANK, text, 0), end: text.length }
}

/** Begins of the value that `user_data.em[1]` names; of the nearest one around it that is there. */
export function startOf(text: string, within: Span, path: string): number {
  let span = within
  for (const name of path.match(/[^.[\]]+/g) ?? []) {
    let found: Span | undefined
    for (const [key, member] of membersOf(text, span)) if (key === name) found = member
    if (found === undefined) break
    span = found
  }
  return span.start
}

/** Line numbers of positions that only grow. */
export function lineCounter(text: string): (at: number) => number {
  let line = 1
  let reached = 0
  return (at) => {
    if (at < reached) return line - countBreaks(text, at, reached)
    line += countBreaks(text, reached, at)
    reached = at
    return line
  }
}

function countBreaks(text: string, from: number, to: number): number {
  let breaks = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1))
    breaks++
  return breaks
}
