import type { Desk } from '../test/desk.ts'

export const mistake = async ({ web }: Desk) => {
  try {
    await web.track('Purchase', { value: Number('free'), currency: 'EUR' })
  } catch {
    return 'never comes here: the receipt says what became of the event'
  }
}
