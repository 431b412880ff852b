/** Meta's own numbers on a dataset: event match quality, coverage, deduplication, freshness, diagnostics. */
export { checkQuality, type QualityFinding, type QualityGates } from './quality/check-quality.ts'
export type { OfflineQuality, Quality, ScoredPart, WebQuality } from './quality/quality.ts'
export { type GraphAnswer, type GraphOptions, readGraph } from './quality/read-graph.ts'
export { type QualityOptions, readQuality } from './quality/read-quality.ts'
