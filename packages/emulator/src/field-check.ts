/** What a value must be, for tables of options and of keys. */
export interface FieldCheck {
  readonly fits: (value: unknown) => boolean
  /** What would have fitted, as an error says it: "must be …". */
  readonly expected: string
}

/** Milliseconds, a status or a count: never negative. */
export const whole: FieldCheck = {
  fits: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  expected: 'a whole number',
}

export const wholeAboveZero: FieldCheck = {
  fits: (value) => whole.fits(value) && value !== 0,
  expected: 'a whole number above 0',
}

export const text: FieldCheck = {
  fits: (value) => typeof value === 'string',
  expected: 'a text',
}

export const truth: FieldCheck = {
  fits: (value) => typeof value === 'boolean',
  expected: 'true or false',
}

export const callback: FieldCheck = {
  fits: (value) => typeof value === 'function',
  expected: 'a function',
}

export function oneOf(known: readonly string[]): FieldCheck {
  return {
    fits: (value) => typeof value === 'string' && known.includes(value),
    expected: `one of ${known.join(', ')}`,
  }
}
