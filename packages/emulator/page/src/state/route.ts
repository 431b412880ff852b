import { computed, effect, signal } from '@preact/signals'
import { formatRoute, parseRoute, type Route, type TabId } from '../model/route.ts'

/** The address is the only place where tab, filter and choice are kept, so that all can be linked to. */
export const route = signal<Route>(parseRoute(location.hash))
export const tab = computed(() => route.value.tab)

/** What was chosen on each tab when it was left. */
const left = new Map<TabId, Route>()
effect(() => void left.set(route.value.tab, route.value))

/** A tab as it was left; the present one without what is open in it. */
export function lastRouteOf(id: TabId): Route {
  if (id !== route.value.tab) return left.get(id) ?? { tab: id, params: {} }
  const { q = '' } = route.value.params
  return { tab: id, params: { q } }
}

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
