import type { Consent } from '@capi/core'
import { clickOf } from './click-ids.ts'
import { keptIds } from './kept-ids.ts'
import { IN_APP_MS, MAX_BYTES, MAX_RETRIES, MAX_WAITING, RETRY_MS } from './limits.ts'
import type { Fbq, PageWindow } from './page-window.ts'
import type { HashedUser, SignedSale, TrackedEvent, Tracker, TrackerOptions } from './tracker.ts'

/**
 * The page's half of deduplication: each event goes to Meta's Pixel and to your collector under one id, so that Meta counts it once.
 * On a server it does nothing, so that components may make it.
 * @example
 * const capi = createTracker({ pixelId: '1234567890' })
 * capi.watch()
 * capi.track('AddToCart', { content_ids: ['mug'], value: 12.5, currency: 'EUR' })
 */
export function createTracker(
  options: TrackerOptions & { readonly endpoint: false },
): Tracker<'pixel'>
export function createTracker(options?: TrackerOptions): Tracker
export function createTracker<Copies extends 'both' | 'pixel'>({
  endpoint = '/events',
  pixelId,
  pixelUrl = 'https://connect.facebook.net/en_US/fbevents.js',
  consent: firstConsent,
  cookieDomain,
  inApp = true,
  onBlocked,
}: TrackerOptions = {}): Tracker<Copies> {
  /** Events that wait for consent, or for the app. */
  const held: (() => void)[] = []
  /** Calls that wait for the page's own Pixel. */
  const calls: unknown[][] = []
  const readIds = keptIds(cookieDomain)
  let consent: Consent | undefined
  let click: string | undefined
  let user: Record<string, string> = {}
  /** The address of the PageView that was tracked last. */
  let seen = ''
  let retries = 0
  let isAllowed: boolean | undefined
  let isWaiting: unknown
  let isLeaving: boolean | undefined
  let isWatching: boolean | undefined
  let bySearch: boolean | undefined

  /** A pixel must not cost an order. */
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch {}
    return undefined
  }

  const drain = () => {
    const { fbq } = window as PageWindow
    if (fbq) {
      // Else Meta's script counts views by itself, and drops all of ours but the first. Source: Meta, Tagging Single Page Applications, read 2026-11.
      if (isWatching) fbq.disablePushState = fbq.allowDuplicatePageViews = true
      for (const call of calls.splice(0)) fbq(...call)
    } else if (retries++ < MAX_RETRIES) setTimeout(drain, RETRY_MS)
  }
  const fbq = (...call: unknown[]) => {
    if (pixelId === false) return
    calls.push(call)
    calls.splice(MAX_WAITING)
    drain()
  }

  const flush = () => {
    held.splice(MAX_WAITING)
    if (isWaiting || consent === 'pending') return
    for (const deliver of held.splice(0)) if (isAllowed) attempt(deliver)
  }
  const release = () => {
    isWaiting = false
    flush()
  }

  const post = (event: object) => {
    let body = JSON.stringify(event)
    // Its worth and its order stay.
    if (new TextEncoder().encode(body).length > MAX_BYTES)
      body = JSON.stringify(event, (key, value) => (key.startsWith('content') ? undefined : value))
    // A text: no browser asks for permission first.
    const send = (keepalive: boolean) =>
      fetch(endpoint as string, { method: 'POST', body, keepalive, credentials: 'include' })
    const lost = () => onBlocked?.('server')
    // A beacon answers true although it was blocked: it is for where nothing else arrives.
    if (isLeaving && navigator.sendBeacon(endpoint as string, body)) return
    send(true)
      // Too much was under way at once.
      .catch(() => send(false))
      .then(({ ok }) => ok || lost(), lost)
  }

  /** Once consent allows it. Events wait for what the app knows, as long as nothing else names the click. */
  const start = () => {
    init()
    if (readIds(click).fbc || !inApp) return
    const app = (window as PageWindow).webkit?.messageHandlers?.browserProperties
    const isAndroid = /FB_IAB|Instagram.+Android/.test(navigator.userAgent)
    isWaiting = app || isAndroid
    setTimeout(release, IN_APP_MS)
    const answered = (answer: string) => {
      if (isAllowed) readIds(clickOf(`?fbclid=${answer}`))
      release()
    }
    app?.postMessage('clickID').then(answered, answered)
    if (isAndroid) {
      const request = new XMLHttpRequest()
      request.onloadend = () => answered(request.responseText)
      request.open('GET', 'properties://browser/clickID')
      request.send()
    }
  }

  const init = () => {
    if (!pixelId) return
    const page = window as PageWindow
    if (!page.fbq) {
      // Keeps calls until Meta's script is there.
      const stub = ((...call) =>
        stub.callMethod ? stub.callMethod(...call) : stub.queue.push(call)) as Fbq
      page.fbq = page._fbq = stub.push = stub
      stub.queue = []
      stub.loaded = true
      stub.version = '2.0'
      const script = document.createElement('script')
      script.src = pixelUrl
      script.onerror = () => onBlocked?.('pixel')
      document.head.append(script)
    }
    fbq('init', pixelId, user)
  }

  const setConsent = (next: Consent) => {
    attempt(() => {
      const wasAllowed = isAllowed
      isAllowed = next === 'ldu' || next === 'granted'
      if (next === 'ldu' || consent === 'ldu')
        fbq('dataProcessingOptions', next === 'ldu' ? ['LDU'] : [], 0, 0)
      consent = next
      if (firstConsent) fbq('consent', isAllowed ? 'grant' : 'revoke')
      if (isAllowed && !wasAllowed) start()
    })
    flush()
  }

  const track = (
    event_name: string,
    data?: object | null,
    event?: (TrackedEvent & Partial<SignedSale>) | null,
  ): string => {
    const signed = event?.ticket
    // Not checked here: the collector does. `signEvent` writes it so that `atob` suffices.
    const sale = attempt((): Signed => JSON.parse(atob((signed as string).split('.')[1] as string)))
    const event_id = event?.event_id || sale?.event_id || `${Date.now()}.${Math.random()}`
    attempt(() => {
      // As it is now: a cart is often emptied after its purchase was tracked.
      const custom_data = attempt(() => JSON.parse(JSON.stringify(data ?? sale?.custom_data)))
      const sent = {
        event_id,
        event_name,
        custom_data,
        event_source_url: location.href,
        referrer_url: document.referrer,
        signed,
      }
      if (event_name === 'PageView') seen = location.href
      held.push(() => {
        if (endpoint && event?.endpoint !== false)
          post({
            ...sent,
            user_data: { ...user, ...readIds() },
            // Without a state, Meta finds out where the person is.
            ...(consent === 'ldu' && { data_processing_options: ['LDU'] }),
          })
        fbq(...(pixelId ? ['trackSingle', pixelId] : ['track']), event_name, custom_data, {
          eventID: event_id,
        })
      })
      flush()
    })
    return event_id
  }

  const page = (event?: TrackedEvent) => track('PageView', null, event)
  const pathOf = (url: string) => url.split(bySearch ? '#' : /[?#]/)[0]
  const look = () => {
    if (isWatching && pathOf(seen) !== pathOf(location.href)) page()
  }

  attempt(() => {
    click = clickOf(location.search)
    addEventListener('pagehide', () => {
      isLeaving = true
      release()
    })
    addEventListener('pageshow', ({ persisted }) => {
      isLeaving = false
      if (persisted && isWatching) page()
    })
    setConsent(firstConsent || 'granted')
    firstConsent = 'granted'
  })

  return {
    track: track as Tracker<Copies>['track'],
    page,
    watch({ search, pageViewId } = {}) {
      attempt(() => {
        bySearch = search
        for (const name of ['pushState', 'replaceState'] as const) {
          const original = history[name]
          history[name] = (...given) => {
            original.apply(history, given)
            look()
          }
        }
        addEventListener('popstate', look)
        isWatching = true
        drain()
        if (!seen && pageViewId) page({ endpoint: false, event_id: pageViewId })
        else look()
      })
      return () => {
        isWatching = false
      }
    },
    setConsent,
    setUser(given) {
      attempt(() => {
        user = {}
        for (const key in given) {
          const hash = given[key as keyof HashedUser] as string
          if (/^[\da-f]{64}$/.test(hash)) user[key] = hash
          // biome-ignore lint/suspicious/noConsole: the one who reads it can fix it; the value is not shown.
          else console.warn('No SHA-256:', key)
        }
        if (isAllowed) init()
      })
    },
  }
}

/** The content of what `signEvent` made. */
interface Signed {
  readonly event_id: string
  readonly custom_data: object
}
