import type { scene } from './support.ts'

type Scene = ReturnType<typeof scene>

/** What happens in a scene. */
export type Play = (s: Scene) => Promise<unknown>

/** What triggers a diagnostic over many events, and the nearest that does not. */
export type Case = readonly [rule: string, affected: number, bad: Play, good: Play]

export async function times(
  count: number,
  play: (index: number) => Promise<unknown>,
): Promise<void> {
  for (let index = 0; index < count; index++) await play(index)
}

export const fbpOf = (index: number): string => `fb.1.1596403881668.${1_000_000_000 + index}`

export const bought = (value: number) => ({
  event_name: 'Purchase',
  custom_data: { value, currency: 'EUR', content_ids: ['a'] },
})
