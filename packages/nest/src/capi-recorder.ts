import type { Capi, CapiOptions, Issue, ServerEvent } from '@capi/core'
import type { CapiModuleOptions } from './capi-module-options.ts'

interface Tape {
  readonly events: ServerEvent[]
  readonly issues: Issue[]
  client: Capi | undefined
}

/** What clients in a test sent: of `CapiModule.forTesting` as `app.get(CapiRecorder)`, or what `CapiTesting.override` returns. */
export class CapiRecorder {
  readonly #recording: Recording
  readonly #client: string | undefined

  constructor(recording: Recording, client?: string) {
    this.#recording = recording
    this.#client = client
  }

  /** The events as Meta would get them, hashed, in order; of this name, or all. Sends first what still waits. */
  async events(name?: string): Promise<readonly ServerEvent[]> {
    const tapes = this.#tapes()
    await Promise.all(tapes.map(async ({ client }) => await client?.flush()))
    const events = tapes.flatMap(({ events }) => events)
    return events.filter((event) => name === undefined || event.event_name === name)
  }

  /** What was wrong with events, also with those that were dropped for it. */
  issues(): readonly Issue[] {
    return this.#tapes().flatMap(({ issues }) => issues)
  }

  /** Forgets events and issues, for the next test. */
  clear(): void {
    for (const { events, issues } of this.#tapes()) {
      events.length = 0
      issues.length = 0
    }
  }

  /** The same of one client alone, by its name; `''` is the client without one. */
  of(client: string): CapiRecorder {
    return new CapiRecorder(this.#recording, client)
  }

  #tapes(): readonly Tape[] {
    const { tapes } = this.#recording
    return this.#client === undefined ? [...tapes.values()] : [tapes.get(this.#client) ?? newTape()]
  }
}

const newTape = (): Tape => ({ events: [], issues: [], client: undefined })

/** The network of clients in a test: it takes everything, or asks the given `fetch`, and is on tape. */
export class Recording {
  /** By the name of the client. */
  readonly tapes = new Map<string, Tape>()
  readonly #given: CapiOptions

  constructor(given: CapiOptions) {
    this.#given = given
  }

  /** Options of a client whose events nobody but the tape gets. Its own outbox may hold events of others, so it has none. */
  options(name: string, own: CapiModuleOptions): CapiModuleOptions {
    const given = this.#given
    const tape = newTape()
    this.tapes.set(name, tape)
    const record: typeof globalThis.fetch = async (input, init) => {
      const { data } = JSON.parse(init?.body as string) as { data: ServerEvent[] }
      tape.events.push(...data)
      if (given.fetch !== undefined) return given.fetch(input, init)
      return Response.json({ events_received: data.length, fbtrace_id: 'for-testing' })
    }
    const onIssue = given.onIssue ?? own.onIssue
    return {
      pixelId: '1234567890',
      ...own,
      enabled: true,
      outbox: undefined,
      gateway: undefined,
      client: undefined,
      ...given,
      accessToken: given.accessToken ?? 'for-testing',
      fetch: record,
      onIssue(issue, event) {
        tape.issues.push(issue)
        onIssue?.(issue, event)
      },
    } as CapiModuleOptions
  }
}
