import { InvalidArgumentError } from 'commander'

/** Reads an option that is a number within bounds. */
export function numberOption(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (text.trim() !== '' && number >= least && number <= most) return number
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`)
  }
}
