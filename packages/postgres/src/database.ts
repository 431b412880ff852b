import { ensureSql, TABLES_VERSION } from './migration-sql.ts'
import type { ResolvedOptions } from './outbox-options.ts'
import { failure, outboxFailure } from './outbox-problem.ts'
import { type Row, statementsOn } from './run-statement.ts'

/** The outbox's functions in Postgres. Its calls reject with a CapiStoreError. */
export type Database = ReturnType<typeof openDatabase>

export function openDatabase({ db, schema, ensure }: ResolvedOptions) {
  const own = statementsOn(db)
  let isClosed = false
  let isReady = false

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (isClosed) throw failure('closed')
      return await work()
    } catch (error) {
      const failed = outboxFailure(error)
      if (failed.problem === 'misconfigured') isReady = false
      throw failed
    }
  }

  /** Not shared by callers: one that hangs must not hold up those after it. */
  async function prepare(): Promise<void> {
    if (isReady) return
    if (ensure) await own(ensureSql(schema))
    const [row] = await own(`SELECT "${schema}".version() AS version`)
    if (Number(row?.['version']) < TABLES_VERSION)
      throw failure('misconfigured', `its tables are older than version ${TABLES_VERSION}`)
    isReady = true
  }

  /** Calls one with these values, texts as they are and all else as JSON; `run`: on the application's connection. */
  function rows<R = Row>(name: string, values: readonly unknown[], run = own) {
    return guarded(async () => {
      // In the application's transaction nothing may come before the statement.
      if (run === own) await prepare()
      const places = values.map((_value, n) => `$${n + 1}`).join(', ')
      const text = `SELECT * FROM "${schema}".${name}(${places})`
      return (await run(text, ...values.map(textOf))) as readonly R[]
    })
  }

  /** The same of one that answers with JSON. */
  async function call<Answer>(name: string, values: readonly unknown[], run = own) {
    const [row] = await rows(name, values, run)
    return JSON.parse(String(row?.[name])) as Answer
  }

  return {
    /** Resolves once the functions are known to be there: a missing one would fail the application's transaction. */
    ready: () => guarded(prepare),
    rows,
    call,
    close: () => {
      isClosed = true
    },
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
