import { useEffect, useReducer, useRef } from 'preact/hooks'

/** Fewer are drawn as they come. */
const LONG = 1000
const REST_MS = 1000

/** A list; a long one as it was at most a second ago: a picture of thousands need not follow each that arrives. */
export function useSteady<T>(list: readonly T[]): readonly T[] {
  const [, draw] = useReducer((drawn: number, step: number) => drawn + step, 0)
  const kept = useRef({ list, atMs: 0 })
  const now = performance.now()
  if (list.length < LONG || now - kept.current.atMs >= REST_MS) kept.current = { list, atMs: now }
  const isOld = kept.current.list !== list
  useEffect(() => {
    if (!isOld) return
    const timer = setTimeout(() => draw(1), REST_MS)
    return () => clearTimeout(timer)
  }, [isOld])
  return kept.current.list
}
