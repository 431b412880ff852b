import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

// A program, no library: one format, no types. Splitting keeps each command in a file of its own, loaded when it runs.
export default defineConfig({
  ...shared,
  entry: ['src/bin.ts'],
  format: ['esm'],
  dts: false,
  // What the application has, or not: found when a command needs it.
  external: ['@capi/postgres', '@capi/redis', '@capi/sqlite', 'pg'],
})
