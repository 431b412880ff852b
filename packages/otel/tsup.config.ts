import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

export default defineConfig(shared)
