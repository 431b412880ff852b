/** Kinds of message that the emulator's stream has. */
const TYPES = ['capi', 'update', 'clear', 'call'] as const

/**
 * `open`: the stream began, at first or again: what is kept must be read. `here`: it was open before this tab
 * asked. `lost`: the emulator does not answer. Else a message, its data as it came.
 */
export type News =
  | { readonly kind: 'open' | 'here' | 'lost' }
  | { readonly kind: (typeof TYPES)[number]; readonly data: string }

const NAME = 'capi-emulator-stream'
/** For what the browser does not try again by itself. */
export const RETRY_MS = 2000

/**
 * Follows the emulator over one stream for all tabs. A browser opens six connections to a host: with a stream
 * in each of six tabs, no request of a shop's pixel would arrive. The tab that holds the lock has the stream
 * and passes on what comes; when it closes, the lock and the stream go to another.
 */
export function followStream(take: (news: News) => void): void {
  // Browsers have locks for https and for this machine alone.
  if (!('locks' in navigator)) {
    followWhileVisible(take)
    return
  }
  const channel = new BroadcastChannel(NAME)
  /** What a tab that asks is answered; undefined in tabs without the stream. */
  let state: 'here' | 'lost' | undefined
  const pass = (news: News) => {
    if (news.kind === 'open') state = 'here'
    if (news.kind === 'lost') state = 'lost'
    channel.postMessage(news)
    take(news)
  }
  channel.addEventListener('message', ({ data }: MessageEvent<News | 'ask'>) => {
    if (data !== 'ask') take(data)
    else if (state) channel.postMessage({ kind: state })
  })
  const lead = () => {
    void navigator.locks.request(NAME, async () => {
      const close = openStream(pass)
      // A browser may stop tabs in the background; another must have the stream then.
      await new Promise((resolve) => document.addEventListener('freeze', resolve, { once: true }))
      close()
      state = undefined
    })
  }
  document.addEventListener('resume', () => {
    take({ kind: 'open' })
    lead()
  })
  channel.postMessage('ask')
  lead()
}

function followWhileVisible(take: (news: News) => void): void {
  let close: (() => void) | undefined
  const follow = () => {
    if (!document.hidden) close ??= openStream(take)
    else {
      close?.()
      close = undefined
    }
  }
  document.addEventListener('visibilitychange', follow)
  follow()
}

function openStream(pass: (news: News) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    const stream = new EventSource('/__capi/events/stream')
    stream.addEventListener('open', () => pass({ kind: 'open' }))
    stream.addEventListener('error', () => {
      pass({ kind: 'lost' })
      if (stream.readyState === EventSource.CLOSED) timer = setTimeout(reopen, RETRY_MS)
    })
    for (const kind of TYPES)
      stream.addEventListener(kind, ({ data }: MessageEvent<string>) => pass({ kind, data }))
    return stream
  }
  let stream = open()
  const reopen = () => {
    stream = open()
  }
  return () => {
    clearTimeout(timer)
    stream.close()
  }
}
