/** What a page's stub and Meta's script are. */
export interface Fbq {
  (...call: unknown[]): void
  callMethod?: (...call: unknown[]) => void
  queue: unknown[]
  push: Fbq
  loaded: boolean
  version: string
  disablePushState?: boolean
  allowDuplicatePageViews?: boolean
}

/** What other scripts and apps leave in a page. */
export interface PageWindow {
  fbq?: Fbq
  _fbq?: Fbq
  /** Of apps on iOS. */
  readonly webkit?: {
    readonly messageHandlers?: {
      readonly browserProperties?: { postMessage(key: string): Promise<string> }
    }
  }
}
