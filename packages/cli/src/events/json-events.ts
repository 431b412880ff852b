import { lineCounter, membersOf, type Span, startOf, wholeSpan } from './json-position.ts'
import type { EventSource, FileFinding, LocatedEvent } from './located-event.ts'

/** What V8 says of where text stops being JSON; the rest of its message may repeat what stands there. */
const LINE = /\(line (\d+) column \d+\)/

/** One event, a list of events, or a payload with events in `data`. */
export async function* jsonEvents(text: string): EventSource {
  try {
    JSON.parse(text)
  } catch (error) {
    yield invalidJson(Number(LINE.exec(String(error))?.[1] ?? 1))
    return
  }
  const lineAt = lineCounter(text)
  for (const span of eventSpans(text)) yield located(text, span, lineAt)
}

/** A list, a payload's list, or the one event. */
function eventSpans(text: string): Iterable<Span> {
  const whole = wholeSpan(text)
  if (text[whole.start] === '[') return spansIn(text, whole)
  for (const [key, span] of membersOf(text, whole))
    if (key === 'data' && text[span.start] === '[') return spansIn(text, span)
  return [whole]
}

function* spansIn(text: string, list: Span): Generator<Span> {
  for (const [, span] of membersOf(text, list)) yield span
}

function located(text: string, span: Span, lineAt: (at: number) => number): LocatedEvent {
  return {
    event: JSON.parse(text.slice(span.start, span.end)),
    line: lineAt(span.start),
    lineOf: (path) => lineAt(startOf(text, span, path)),
  }
}

/** One event on each line; a payload on a line brings all of its own. Blank lines are none. */
export async function* ndjsonEvents(lines: AsyncIterable<string>): EventSource {
  let line = 0
  for await (const text of lines) {
    line++
    if (text.trim() === '') continue
    const here = line
    try {
      JSON.parse(text)
    } catch {
      yield invalidJson(here)
      continue
    }
    for (const { start, end } of eventSpans(text))
      yield { event: JSON.parse(text.slice(start, end)), line: here, lineOf: () => here }
  }
}

function invalidJson(line: number): FileFinding {
  return {
    line,
    code: 'json_invalid',
    severity: 'error',
    message: 'This is no JSON.',
    fix: 'Look for a missing comma, quote or bracket here or just before.',
  }
}
