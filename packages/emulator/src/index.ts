export {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type WaitOptions,
} from './emulator.ts'
export type { Listener, ListenOptions } from './listen.ts'
export type {
  CapturedEvent,
  EventError,
  EventSource,
  EventStatus,
} from './store/captured-event.ts'
export type { EventFilter } from './store/event-filter.ts'
