import type { ComponentChildren, JSX } from 'preact'
import type { Report } from '../state/reports.ts'
import { Empty } from './empty.tsx'

interface ReportViewProps<T> {
  readonly report: Report<T>
  readonly children: (data: T) => ComponentChildren
}

/** A report, or why there is none. */
export function ReportView<T>({ report, children }: ReportViewProps<T>): JSX.Element {
  if (report.data !== undefined) {
    return (
      <>
        {report.error !== undefined && (
          <p class="banner">{report.error} What is shown may be old.</p>
        )}
        {children(report.data)}
      </>
    )
  }
  if (report.error === undefined) return <div class="loading" aria-busy="true" />
  return (
    <Empty title="No answer">
      <p>{report.error}</p>
    </Empty>
  )
}
