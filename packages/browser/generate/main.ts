import { writeFileSync } from 'node:fs'
import { bundle } from './bundle.ts'
import { scriptModule } from './script-module.ts'

writeFileSync(
  new URL('../src/script.ts', import.meta.url),
  scriptModule(await bundle('iife', 'iife')),
)
