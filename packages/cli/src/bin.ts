#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

enableCompileCache()
// `capi … | head` closes the pipe: no more is wanted, and nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
})
const { main } = await import('./main.ts')
// Not process.exit: what was written must get out first.
process.exitCode = await main(process.argv.slice(2), process, process.env)
