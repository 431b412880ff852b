import type { Platform } from '@capi/web'

/** Where platforms put what Next's `after` uses. Source: nextjs.org, after, "Supporting after for serverless platforms", read 2026-11. */
const CONTEXT = Symbol.for('@next/request-context')

interface RequestContext {
  get?(): { readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined } | undefined
}

/** The Pages Router has no `after`. Undefined on servers that live on. */
export function waitUntilOfPages(): Platform['waitUntil'] {
  return (globalThis as { [CONTEXT]?: RequestContext })[CONTEXT]?.get?.()?.waitUntil
}

/** Headers as Node has them. */
export function headersOf(
  list: Readonly<Record<string, string | readonly string[] | undefined>>,
): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(list))
    for (const line of [value ?? []].flat()) headers.append(name, line)
  return headers
}
