import type { CheckedKind } from './option-kinds.ts'

/**
 * How an option's value is read. `text`: a text, a list of texts, or a function that answers with one. `consent`: the
 * same, but a blank one is no answer, never the default. `any`: unchanged, unless it is a blank text. `string`, `number`
 * and the like: the same, but another kind of value is refused. A table: an object with options of its own.
 * @internal
 */
export type OptionKind = 'text' | 'consent' | 'any' | CheckedKind | AnyOptionTable

export interface AnyOptionTable {
  readonly [name: string]: OptionKind
}

/**
 * Every option of `T`, and no other: a name that is missing here, or is none of `T`, does not compile.
 * @internal
 */
export type OptionTable<T> = { readonly [Name in keyof T]-?: OptionKind }
