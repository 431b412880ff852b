import type { JSX } from 'preact'
import { readPaste } from '../model/paste/read-paste.ts'
import type { ResendDraft } from '../state/resend.ts'
import { Field } from '../ui/field.tsx'

interface BodyEditorProps {
  readonly draft: ResendDraft
  readonly onChange: (draft: ResendDraft) => void
}

/** The body of the call as text. Whatever people copy elsewhere becomes a body when it is pasted over all of it. */
export function BodyEditor({ draft, onChange }: BodyEditorProps): JSX.Element {
  const problem = problemOf(draft.text)
  const edit = (change: (text: string) => string) =>
    onChange({ ...draft, text: change(draft.text) })
  return (
    <div class="form">
      <Field
        label="Dataset"
        value={draft.pixelId}
        onChange={(pixelId) => onChange({ ...draft, pixelId })}
      />
      <label class="field">
        <span>Body</span>
        <textarea
          class="mono"
          rows={18}
          spellcheck={false}
          value={draft.text}
          aria-invalid={problem !== undefined}
          onInput={(event) => onChange({ ...draft, text: event.currentTarget.value })}
          onPaste={(event) => {
            const { currentTarget: area } = event
            const isAll = area.selectionStart === 0 && area.selectionEnd === area.value.length
            if (!isAll) return
            event.preventDefault()
            const pasted = event.clipboardData?.getData('text/plain') ?? ''
            onChange({ ...draft, ...readPaste(pasted, Date.now()) })
          }}
        />
      </label>
      <p class={problem === undefined ? 'quiet' : 'warn-text'}>
        {problem ??
          'Select all and paste: a curl command, JSON, JavaScript, a single event or a pixel’s /tr address. The token stays out.'}
      </p>
      <p class="button-row">
        <button
          type="button"
          class="button"
          disabled={problem !== undefined}
          onClick={() => edit(withTimeNow)}
        >
          Set event_time to now
        </button>
        <button
          type="button"
          class="button"
          disabled={problem !== undefined}
          onClick={() => edit(withNewIds)}
        >
          New event_id
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

/** With the same id, the emulator counts the event with the first one, as Meta does. */
function withNewIds(text: string): string {
  let count = 0
  return text.replaceAll(
    /("event_id"\s*:\s*)(?:-?[\d.]+|"(?:[^"\\]|\\.)*")/g,
    (_, start: string) => `${start}"resent-${Date.now().toString(36)}-${++count}"`,
  )
}
