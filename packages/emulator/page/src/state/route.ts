import { computed, signal } from '@preact/signals'
import { formatRoute, parseRoute, type Route, type TabId } from '../model/route.ts'

/** The address is the only place where tab, filter and choice are kept, so that all can be linked to. */
export const route = signal<Route>(parseRoute(location.hash))
export const tab = computed(() => route.value.tab)

addEventListener('popstate', () => {
  route.value = parseRoute(location.hash)
})

export function navigate(next: Route, { replace = false } = {}): void {
  const address = formatRoute(next)
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  route.value = parseRoute(address)
}

/** The present tab with other parameters; '' takes one away. */
export function hrefWith(params: Route['params'], to: TabId = tab.value): string {
  return formatRoute({
    tab: to,
    params: { ...(to === tab.value && route.value.params), ...params },
  })
}

export function setParams(params: Route['params'], options?: { readonly replace?: boolean }): void {
  navigate({ tab: tab.value, params: { ...route.value.params, ...params } }, options)
}
