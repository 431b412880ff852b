/** The first line that is not the same in both, as a diff writes it; enough to know what has changed. */
export function firstDifference(before: string, after: string): string {
  const old = before.split('\n')
  const now = after.split('\n')
  const at = now.findIndex((line, index) => line !== old[index])
  const line = at === -1 ? now.length : at
  return `line ${line + 1}\n- ${old[line] ?? ''}\n+ ${now[line] ?? ''}`
}
