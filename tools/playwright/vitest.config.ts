import shared from '@capi/config/vitest'
import { defineProject, mergeConfig } from 'vitest/config'

export default mergeConfig(shared, defineProject({ test: { name: 'playwright' } }))
