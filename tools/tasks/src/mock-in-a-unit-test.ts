import type { Receipt, Tracker } from '@capi/core'

export class Newsletter {
  constructor(private readonly capi: Pick<Tracker, 'track'>) {}

  async subscribe(email: string): Promise<string> {
    const { outcome } = await this.capi.track('Lead', {}, { user_data: { em: email } })
    return outcome
  }
}

/** What a unit test hands to the class above. */
export function mock() {
  const calls: unknown[][] = []
  const receipt: Receipt = { event_id: '1', outcome: 'accepted', issues: [] }
  const capi: Pick<Tracker, 'track'> = {
    track: async (...event) => {
      calls.push(event)
      return receipt
    },
  }
  return { capi, calls }
}
