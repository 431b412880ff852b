import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) => capi.flush(5000)
