#!/usr/bin/env node
import { runCommand } from './command.ts'

// void: it never rejects. Not process.exit: what was written must get out first.
void runCommand(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
