export type { DedupPreference } from './analysis/deduplicator.ts'
export type { DiagnosticFilter } from './analysis/diagnostics.ts'
export type {
  ActiveFault,
  DedupKey,
  Diagnostic,
  Difference,
  EventQuality,
  FaultAction,
  FaultPreset,
  FaultRule,
  Freshness,
  KeyUsage,
  MatchQualityEstimate,
  NearMiss,
  NearMissReason,
  Pair,
  PairsReport,
  Severity,
} from './analysis/report.ts'
export {
  createEmulator,
  type Emulator,
  type EmulatorClientOptions,
  type EmulatorOptions,
  type ImportResult,
  type WaitOptions,
} from './emulator.ts'
export { EmulatorError, type EmulatorErrorCode } from './emulator-error.ts'
export type { Listener, ListenOptions } from './listen.ts'
export type { Mode } from './rules/judge.ts'
export { type RunningEmulator, type StartOptions, startEmulator } from './start-emulator.ts'
export type {
  CapturedEvent,
  EventError,
  EventIssue,
  EventSource,
  EventStatus,
} from './store/captured-event.ts'
export type { EventFilter } from './store/event-filter.ts'
