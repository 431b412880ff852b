/**
 * Forgets the oldest entry when there are more than `most`; to be called after each that is added. The iterator is kept between
 * calls: a new one steps over everything that was deleted before. It is given up when nothing is to be deleted, for it would keep
 * each table that V8 has replaced since.
 */
export function keepLatest<K>(held: Map<K, unknown> | Set<K>, most: number): () => void {
  let keys: IterableIterator<K> | undefined
  return () => {
    if (held.size <= most) {
      keys = undefined
      return
    }
    keys ??= held.keys()
    const { value, done } = keys.next()
    if (done !== true) held.delete(value)
  }
}
