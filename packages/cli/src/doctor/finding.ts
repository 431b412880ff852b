/** One line of the doctor's report. */
export interface Finding {
  /** What was looked at, for programs. */
  readonly check: string
  /** `info` is for a person to judge; `fail` must be fixed. */
  readonly status: 'ok' | 'info' | 'warn' | 'fail'
  readonly message: string
  /** What to do. Absent where there is nothing to do. */
  readonly fix?: string
  /** What kind of trouble it is, where that decides with what the command ends. */
  readonly exit?: 'access' | 'remote'
}
