import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) => capi.deadLetters.purge({ keys: undefined })
