/** Standard output: data and answers. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Standard error: progress, warnings and errors. */
export function warn(text: string): void {
  process.stderr.write(`${text}\n`)
}
