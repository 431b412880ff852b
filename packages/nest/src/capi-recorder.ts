import type { Capi, CapiOptions, Issue, ServerEvent } from '@capi/core'

interface Tape {
  readonly events: ServerEvent[]
  readonly issues: Issue[]
}

/** What a module made by `CapiModule.forTesting` sent: `app.get(CapiRecorder)`. */
export class CapiRecorder {
  readonly #client: Capi
  readonly #tape: Tape

  constructor(client: Capi, tape: Tape) {
    this.#client = client
    this.#tape = tape
  }

  /** The events as Meta would get them, hashed, in order; of this name, or all. Sends first what still waits. */
  async events(name?: string): Promise<readonly ServerEvent[]> {
    await this.#client.flush()
    return this.#tape.events.filter((event) => name === undefined || event.event_name === name)
  }

  /** What was wrong with events, also with those that were dropped for it. */
  issues(): readonly Issue[] {
    return [...this.#tape.issues]
  }

  /** Forgets events and issues, for the next test. */
  clear(): void {
    this.#tape.events.length = 0
    this.#tape.issues.length = 0
  }
}

export interface Recording {
  readonly tape: Tape
  readonly options: CapiOptions
}

/** Options of a client whose network takes everything, or asks the given `fetch`, and is on tape. */
export function record(options: CapiOptions): Recording {
  const tape: Tape = { events: [], issues: [] }
  const record: typeof globalThis.fetch = async (input, init) => {
    const { data } = JSON.parse(init?.body as string) as { data: ServerEvent[] }
    tape.events.push(...data)
    if (options.fetch !== undefined) return options.fetch(input, init)
    return Response.json({ events_received: data.length, fbtrace_id: 'for-testing' })
  }
  return {
    tape,
    options: {
      pixelId: '1234567890',
      accessToken: 'for-testing',
      ...options,
      fetch: record,
      onIssue(issue, event) {
        tape.issues.push(issue)
        options.onIssue?.(issue, event)
      },
    },
  }
}
