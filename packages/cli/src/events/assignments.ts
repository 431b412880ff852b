import { CliError } from '../shell/cli-error.ts'
import { setPath, writtenValue } from './set-path.ts'

/** An event of `user_data.em=anna@example.com` and its like. @throws CliError `usage_invalid` */
export function applyAssignments(
  event: Record<string, unknown>,
  assignments: readonly string[],
): void {
  for (const text of assignments) {
    const [, path = '', value = ''] = /^([A-Za-z_]\w*(?:\.\w+)*)=(.*)$/s.exec(text) ?? []
    if (path === '')
      throw new CliError(
        'usage_invalid',
        'An assignment is a path, =, and a value: user_data.em=anna@example.com.',
      )
    setPath(event, path.split('.'), writtenValue(value))
  }
}

/** For options that may be given more than once. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}
