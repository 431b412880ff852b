import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const REPOSITORY = at('../../../')
/** What people write. */
export const CONTENT = at('../content/')
export const DIAGRAMS = at('../diagrams/')
/** What Starlight reads: all of it is written by this folder's code, and none is committed. */
export const PAGES = at('../src/content/docs/')
export const BUILT = at('../dist/')
