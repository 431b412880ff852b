import { useEffect, useRef } from 'preact/hooks'
import { walkWith } from '../state/list-cursor.ts'
import { route, setParams } from '../state/route.ts'

/** Lets j and k walk through a short list whose choice stands in the address. */
export function useWalkable(param: string, ids: readonly string[]): void {
  const latest = useRef(ids)
  latest.current = ids
  useEffect(
    () =>
      walkWith({
        ids: () => latest.current,
        selected: () => route.peek().params[param],
        open: (id) => setParams({ [param]: id }, { replace: true }),
        close: () => setParams({ [param]: '' }, { replace: true }),
      }),
    [param],
  )
}
