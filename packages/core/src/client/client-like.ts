/**
 * A tracker as options and functions take it: `createCapi`, `with` and `req.capi` make one. Without generics: an application
 * with two copies of core may pass a tracker of one to the other, and TypeScript cannot compare their generics.
 */
export interface TrackerLike {
  /** As `Tracker` has it. */
  track(...given: never[]): Promise<unknown>
  /** As `Tracker` has it. */
  enqueue(...given: never[]): Promise<unknown>
  /** As `Tracker` has it. */
  send(...given: never[]): Promise<unknown>
  /** As `Tracker` has it. */
  with(scope: never): object
}

/** A client as options take it, of this copy of core or of another one: `createCapi` makes one. */
export interface ClientLike extends TrackerLike {
  /** As `Capi` has it. */
  flush(options?: never): Promise<unknown>
  /** As `Capi` has it. */
  close(options?: never): Promise<unknown>
  /** As `Capi` has it. */
  stats(): Promise<unknown>
}
