/** For whoever asked: data and answers. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** For whoever watches: progress, warnings and errors. */
export function warn(text: string): void {
  process.stderr.write(`${text}\n`)
}
