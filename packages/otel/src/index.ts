/** Metrics and spans of what `@capi/core` delivers, for OpenTelemetry. */
export { type CapiInstrumentation, instrumentCapi } from './instrument-capi.ts'
