export type { DedupPreference } from './analysis/deduplicator.ts'
export type { DiagnosticFilter } from './analysis/diagnostics.ts'
export type {
  DedupKey,
  Diagnostic,
  Difference,
  EventQuality,
  Freshness,
  KeyUsage,
  MatchQualityEstimate,
  NearMiss,
  NearMissReason,
  Pair,
  PairsReport,
  Severity,
} from './analysis/report.ts'
export { connectEmulator } from './connect/connect-emulator.ts'
export type { ConnectedClientOptions, ConnectedEmulator } from './connect/connected-emulator.ts'
export {
  createEmulator,
  type Emulator,
  type EmulatorClientOptions,
  type FaultRules,
  type ImportResult,
} from './emulator.ts'
export { EmulatorError, type EmulatorErrorCode } from './emulator-error.ts'
export type {
  ActiveFault,
  CallFault,
  FaultAction,
  FaultPreset,
  FaultRule,
} from './faults/fault-rule.ts'
export type { Listener } from './listen.ts'
export type { EmulatorLike } from './matchers/ask-emulator.ts'
export {
  type CapiMatchers,
  type EmulatorMatchers,
  type Matcher,
  matchers,
} from './matchers/matchers.ts'
export type { MatcherResult } from './matchers/observed.ts'
export type {
  ConnectOptions,
  DiagnosticsAllowed,
  EmulatorOptions,
  ListenOptions,
  StartOptions,
  WaitOptions,
} from './options.ts'
export type { Mode } from './rules/judge.ts'
export { type RunningEmulator, startEmulator } from './start-emulator.ts'
export type { CallFilter } from './store/call-filter.ts'
export type {
  CapturedEvent,
  EventError,
  EventIssue,
  EventSource,
  EventStatus,
} from './store/captured-event.ts'
export type { DatasetFilter } from './store/dataset-filter.ts'
export type { EventFilter } from './store/event-filter.ts'
export type { CallOutcome, RecordedCall } from './store/recorded-call.ts'
