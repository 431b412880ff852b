import { EmulatorError } from '../emulator-error.ts'

const CODE = /^E[A-Z]+$/

/** What `work` gives; where the file system refuses, an EmulatorError (`file_failed`) that names the file. */
export function withFile<T>(what: 'open' | 'read' | 'write', path: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why = typeof code === 'string' && CODE.test(code) ? ` (${code})` : ''
    throw new EmulatorError('file_failed', `Cannot ${what} the file ${path}${why}.`, cause)
  }
}
