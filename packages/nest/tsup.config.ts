import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

export default defineConfig({ ...shared, entry: ['src/index.ts', 'src/health.ts'] })
