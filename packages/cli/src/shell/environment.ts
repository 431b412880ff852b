import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { CliError } from './cli-error.ts'
import type { Environment } from './terminal.ts'

/** Read where they exist; the first that sets a variable wins. */
const DEFAULT_FILES = ['.env.local', '.env'] as const

/**
 * The process's variables, and beneath them those of the named file, or of `.env.local` and `.env` of the current folder.
 * @throws CliError `file_failed` when the named file cannot be read.
 */
export function readEnvironment(own: Environment, file: string | undefined): Environment {
  const texts = file === undefined ? DEFAULT_FILES.map(readIfThere) : [readNamed(file)]
  return Object.assign({}, ...texts.map(parseEnv).reverse(), own)
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // None, or a folder of that name.
  }
}

function readNamed(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new CliError(
      'file_failed',
      `Cannot read the variables in ${file}. Check the path.`,
      error,
    )
  }
}
