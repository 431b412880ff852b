import type { JSX } from 'preact'
import { readPaste } from '../model/read-paste.ts'
import { Field } from '../ui/field.tsx'

interface BodyEditorProps {
  readonly text: string
  readonly pixelId: string
  readonly onText: (text: string) => void
  readonly onPixel: (pixelId: string) => void
}

/** The body of the call as text. A pasted curl command or a bare event becomes a body. */
export function BodyEditor({ text, pixelId, onText, onPixel }: BodyEditorProps): JSX.Element {
  const problem = problemOf(text)
  return (
    <div class="form">
      <Field label="Dataset" value={pixelId} onChange={onPixel} />
      <label class="field">
        <span>Body</span>
        <textarea
          class="mono"
          rows={22}
          spellcheck={false}
          value={text}
          aria-invalid={problem !== undefined}
          onInput={(event) => onText(event.currentTarget.value)}
          onPaste={(event) => {
            const { currentTarget: area } = event
            const isAll = area.selectionStart === 0 && area.selectionEnd === area.value.length
            if (!isAll) return
            event.preventDefault()
            onText(readPaste(event.clipboardData?.getData('text/plain') ?? ''))
          }}
        />
      </label>
      <p class={problem === undefined ? 'quiet' : 'warn-text'}>
        {problem ?? 'Select all and paste: a curl command, a body, or a single event will do.'}
      </p>
      <p class="button-row">
        <button
          type="button"
          class="button"
          disabled={problem !== undefined}
          onClick={() => onText(withTimeNow(text))}
        >
          Set event_time to now
        </button>
      </p>
    </div>
  )
}

function problemOf(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return `Not JSON: ${error instanceof Error ? error.message : 'unreadable'}`
  }
}

function withTimeNow(text: string): string {
  const now = Math.floor(Date.now() / 1000)
  return text.replaceAll(/("event_time"\s*:\s*)(?:-?[\d.]+|"[^"]*")/g, `$1${now}`)
}
