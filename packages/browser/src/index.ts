export { createTracker } from './create-tracker.ts'
export type {
  HashedUser,
  SignedSale,
  TrackedEvent,
  TrackedSale,
  Tracker,
  TrackerOptions,
  WatchOptions,
} from './tracker.ts'
