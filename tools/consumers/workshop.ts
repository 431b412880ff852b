import type { Packed } from './pack.ts'
import type { Rows } from './rows.ts'
import type { Servers } from './servers.ts'
import type { Toolchains } from './toolchains.ts'

/** What every check works with. */
export interface Workshop {
  readonly root: string
  readonly packed: readonly Packed[]
  readonly toolchains: Toolchains
  readonly rows: Rows
  readonly servers: Servers
}
