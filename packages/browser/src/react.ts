'use client'

import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useState,
} from 'react'
import { createTracker } from './create-tracker.ts'
import type { Tracker, TrackerOptions, WatchOptions } from './tracker.ts'

/** How the pages of an application report their events. Only `consent` and `pageViews` may change later. */
export interface CapiProviderProps extends TrackerOptions {
  /**
   * `false`: you call `page()` yourself. Default true: a PageView for the first page and for each one that a router shows after it.
   * An object: the options of `watch`.
   */
  readonly pageViews?: boolean | WatchOptions | undefined
  /** The application. */
  readonly children?: ReactNode
}

const Context = createContext<Tracker | undefined>(undefined)

/**
 * Gives `useCapi()` to what is inside, and tracks page views: of Next's App Router, of React Router, and of any other router that
 * goes through the browser's history. On a server it renders its children and does nothing else.
 * @example
 * <CapiProvider pixelId="1234567890">{children}</CapiProvider>
 */
export function CapiProvider({
  children,
  pageViews = true,
  ...options
}: CapiProviderProps): ReactElement {
  const [tracker] = useState(() => lazyTracker(options))
  const { consent } = options
  useEffect(() => {
    if (consent) tracker.setConsent(consent)
  }, [tracker, consent])
  const isCounting = pageViews !== false
  useEffect(
    () => (isCounting ? tracker.watch(pageViews === true ? {} : pageViews || {}) : undefined),
    // Options of a view are read once: an object of a new render is another one.
    [tracker, isCounting],
  )
  return createElement(Context.Provider, { value: tracker }, children)
}

/**
 * The tracker of the application, always the same one.
 * @throws Error outside of `CapiProvider`.
 * @example
 * const capi = useCapi()
 * return <button onClick={() => capi.track('AddToCart', { content_ids: [id] })}>Add to cart</button>
 */
export function useCapi(): Tracker {
  const tracker = useContext(Context)
  // biome-ignore lint/plugin: a CapiError would bring core into the page; this one is found while developing.
  if (!tracker) throw new Error('useCapi() needs <CapiProvider> around the component')
  return tracker
}

/** Made when it is first used, which is after a component was mounted: rendering has no effects, and React may do it twice. */
function lazyTracker(options: TrackerOptions): Tracker {
  let made: Tracker | undefined
  const call =
    (method: keyof Tracker) =>
    (...given: never[]) => {
      made ??= createTracker(options)
      return (made[method] as (...given: never[]) => unknown)(...given)
    }
  const methods = ['track', 'page', 'watch', 'setConsent', 'setUser'] as const
  return Object.fromEntries(methods.map((method) => [method, call(method)])) as unknown as Tracker
}
