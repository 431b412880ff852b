import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { writeEvents } from '../../../src/store/ndjson.ts'
import { plural } from '../model/format.ts'
import { importEvents } from '../state/api.ts'
import { filter, matching } from '../state/events.ts'
import { messageOf } from '../state/reports.ts'
import { Icon } from '../ui/icon.tsx'

const NAME = 'capi-events.ndjson'
const KEPT = '/__capi/export.ndjson'

interface ExchangeButtonsProps {
  readonly onMessage: (text: string) => void
}

/** Events as a file, those that the filter lets through, and back. */
export function ExchangeButtons({ onMessage }: ExchangeButtonsProps): JSX.Element {
  const file = useRef<HTMLInputElement>(null)
  const isFiltered = filter.value.terms.length > 0
  const exportLabel = isFiltered
    ? `Export ${plural(matching.value.length, 'filtered event')}`
    : 'Export all events'
  const bring = async (input: HTMLInputElement) => {
    const [chosen] = input.files ?? []
    if (!chosen) return
    const text = await chosen.text()
    // The same file may be chosen again.
    input.value = ''
    await importEvents(text).then(
      ({ imported, refused }) =>
        onMessage(
          `${plural(imported, 'event')} imported${refused > 0 ? `; ${plural(refused, 'line')} held none` : ''}.`,
        ),
      (error: unknown) => onMessage(messageOf(error)),
    )
  }
  return (
    <>
      <a
        class="icon-button"
        href={KEPT}
        download={NAME}
        aria-label={exportLabel}
        title={`${exportLabel} (NDJSON)`}
        onClick={(event) => {
          if (!isFiltered) return
          event.preventDefault()
          download(writeEvents(matching.value.toReversed()))
        }}
      >
        <Icon name="down" />
      </a>
      <button
        type="button"
        class="icon-button"
        aria-label="Import events"
        title="Import events (NDJSON)"
        onClick={() => file.current?.click()}
      >
        <Icon name="into" />
      </button>
      <input
        ref={file}
        type="file"
        hidden
        accept=".ndjson,application/x-ndjson"
        aria-label="File of events"
        onChange={(event) => void bring(event.currentTarget)}
      />
    </>
  )
}

function download(text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }))
  link.download = NAME
  link.click()
  URL.revokeObjectURL(link.href)
}
