import { createLane, type Lane } from '../delivery/lane.ts'
import type { Exchange } from '../transport/exchange.ts'
import type { ClientState } from './client-state.ts'

/** The pixel's lane, made at its first use. */
export function laneOf(state: ClientState, exchange: Exchange, pixelId: string): Lane {
  let lane = state.lanes.get(pixelId)
  if (lane === undefined) {
    const { options, ledger, store, recovered } = state
    lane = createLane({ pixelId, exchange, options, ledger, store, recovered })
    state.lanes.set(pixelId, lane)
  }
  return lane
}
