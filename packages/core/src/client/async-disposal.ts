/** Absent where the user's `lib` has no `esnext.disposable`: there the declarations compile without it. */
type AsyncDispose = SymbolConstructor['asyncDispose' & keyof SymbolConstructor]

/** `await using`, where the compiler knows it. */
export type AsyncDisposal = { readonly [Key in AsyncDispose]: () => Promise<void> }

/** Adds it, where the runtime has it. */
export function disposable<T extends object>(value: T, dispose: () => Promise<void>): T {
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol }
  return asyncDispose === undefined ? value : { ...value, [asyncDispose]: dispose }
}
