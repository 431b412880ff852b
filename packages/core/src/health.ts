/** How the delivery to Meta stands, for health endpoints and alarms. */
export { type Health, type HealthOptions, type HealthReason, health } from './client/health.ts'
