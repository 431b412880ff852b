/** What is wrong with a place in a file; never holds a value. */
export interface FileFinding {
  readonly line: number
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fix: string
  /** Within the event. */
  readonly path?: string
  readonly docsUrl?: string
}

/** An event of a file, and where it stands. */
export interface LocatedEvent {
  readonly event: unknown
  /** Where it begins. */
  readonly line: number
  /** The line of what an issue's path names, as near as the format allows. */
  readonly lineOf: (path: string) => number
}

/** One after the other, as the file has them. */
export type EventSource = AsyncIterable<LocatedEvent | FileFinding>

/** Tells the two apart. */
export function isFinding(read: LocatedEvent | FileFinding): read is FileFinding {
  return 'severity' in read
}
