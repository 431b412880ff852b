/** The options of a collector that a case needs, beside those that every one has. */
export interface CollectorSetup {
  readonly allowedOrigins?: readonly string[]
  readonly events?: readonly string[]
  readonly maxBytes?: number
  readonly rateLimit?: { readonly burst: number; readonly perMinute: number }
  /** What the visitor allows; default `granted`. */
  readonly consent?: 'granted' | 'denied'
}

/** A request of a page: an ordinary one, but for what is given. */
export interface PageRequest {
  readonly method?: string
  /** Null: none. */
  readonly origin?: string | null
  /** Of the body. Null: none. */
  readonly type?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>
}

/** What a page sends, and what comes of it. */
export interface CollectorCase {
  readonly name: string
  readonly setup?: CollectorSetup
  readonly request: PageRequest
  /** Why it is refused; absent: it is taken. */
  readonly refused?: string
  /** What the event that is sent holds; absent: nothing is looked at. */
  readonly sent?: object
  /** Keys that its `user_data` has and no other. */
  readonly userData?: readonly string[]
  /** Keys that the event must not have. */
  readonly without?: readonly string[]
  /** A framework that reads bodies itself answers this by itself. */
  readonly isReadByCollector?: true
}

export const ORIGIN = 'https://shop.example'
export const SECRET = 'a-secret-of-the-tests'
export const VIEW = {
  event_name: 'ViewContent',
  event_id: 'view.1',
  custom_data: { content_ids: ['mug'] },
}

/** The event of an ordinary page, with other fields. */
export const sending = (more: object): string => JSON.stringify({ ...VIEW, ...more })
