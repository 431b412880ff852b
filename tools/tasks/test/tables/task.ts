import type { Desk } from '../desk.ts'

/** Does a task at a desk, and expects what came of it. */
export type Table = Readonly<Record<string, (desk: Desk) => Promise<void>>>
