export interface SentRequest {
  readonly url: string
  readonly headers: Headers
  readonly body: { readonly data: readonly Record<string, unknown>[] } & Record<string, unknown>
}

type Answer = Response | Error | 'hang' | ((request: SentRequest) => Response | Error)

export interface ScriptedFetch {
  readonly fetch: typeof globalThis.fetch
  readonly requests: readonly SentRequest[]
  /** Answers the next requests, in order; after that every batch is taken. */
  answer(...answers: readonly Answer[]): void
  /** Answers everything beyond the script. */
  answerAll(answer: (request: SentRequest) => Response | Error): void
}

/** Stands for the network: answers what the script says and remembers what was asked. */
export function scriptedFetch(): ScriptedFetch {
  const requests: SentRequest[] = []
  const script: Answer[] = []
  let otherwise: Answer = taken

  async function fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const request: SentRequest = {
      url: input instanceof Request ? input.url : input.toString(),
      headers: new Headers(init.headers),
      body: JSON.parse(typeof init.body === 'string' ? init.body : '{"data":[]}'),
    }
    requests.push(request)
    const scripted = script.shift() ?? otherwise
    if (scripted === 'hang') return new Promise(() => {})
    const answer = typeof scripted === 'function' ? scripted(request) : scripted
    if (answer instanceof Error) throw answer
    return answer
  }

  return {
    fetch,
    requests,
    answer: (...answers) => void script.push(...answers),
    answerAll(answer) {
      otherwise = answer
    },
  }
}

/** Meta's yes. */
export function taken(request: SentRequest): Response {
  return Response.json({
    events_received: request.body.data.length,
    messages: [],
    fbtrace_id: 'Atrace',
  })
}

/** Meta's no, for the whole batch. */
export function refused(status: number, error: Record<string, unknown>): Response {
  return Response.json(
    { error: { message: 'no', type: 'OAuthException', fbtrace_id: 'Atrace', ...error } },
    { status },
  )
}
