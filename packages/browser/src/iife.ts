import { createTracker } from './create-tracker.ts'

// The one global of the script.
;(window as { capi?: object }).capi = { createTracker }
