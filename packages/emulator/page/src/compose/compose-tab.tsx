import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { sha256 } from '../model/check-plaintext.ts'
import {
  buildBody,
  type Draft,
  newDraft,
  type PreparedValue,
  pixelQuery,
  prepareCustomer,
} from '../model/compose-draft.ts'
import { API_VERSION, bodyOf, callAsCurl, payloadAsTypeScript } from '../model/copy-as.ts'
import { indexOfId } from '../model/event-log.ts'
import { isFields } from '../model/payload.ts'
import { type Answer, postEvents } from '../state/api.ts'
import { events } from '../state/events.ts'
import { messageOf } from '../state/reports.ts'
import { route } from '../state/route.ts'
import { Code } from '../ui/code.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { AnswerView } from './answer-view.tsx'
import { BodyEditor } from './body-editor.tsx'
import { ComposeForm } from './compose-form.tsx'

/** Builds a call by form or as JSON, sends it to the emulator, and shows the answer as Meta would give it. */
export function ComposeTab(): JSX.Element {
  const eventId = Number(route.value.params['event'])
  const source = events.value[indexOfId(events.value, eventId)]
  const [draft, setDraft] = useState<Draft>(() => newDraft(Date.now(), navigator.userAgent))
  const [prepared, setPrepared] = useState<readonly PreparedValue[]>([])
  /** What is typed as JSON; absent while the form leads. */
  const [typed, setTyped] = useState<string>()
  const [answer, setAnswer] = useState<Answer>()
  const [error, setError] = useState('')
  useEffect(() => {
    if (!source) return
    setTyped(JSON.stringify(bodyOf(source), null, 2))
    setDraft((current) => ({ ...current, pixelId: source.pixel_id }))
  }, [source?.id])
  useEffect(() => {
    let isCurrent = true
    void prepareCustomer(draft.customer, sha256).then((values) => {
      if (isCurrent) setPrepared(values)
    })
    return () => {
      isCurrent = false
    }
  }, [draft.customer])

  const body = typed ?? JSON.stringify(buildBody(draft, prepared, Date.now()), null, 2)
  const run = async (work: () => Promise<Answer | undefined>) => {
    setError('')
    setAnswer(undefined)
    await work().then(setAnswer, (reason: unknown) => setError(messageOf(reason)))
  }
  const send = () =>
    run(() => postEvents(`/${API_VERSION}/${encodeURIComponent(draft.pixelId)}/events`, body))
  const sendPair = () =>
    run(async () => {
      await fetch(`/tr?${pixelQuery(draft)}`)
      return postEvents(`/${API_VERSION}/${encodeURIComponent(draft.pixelId)}/events`, body)
    })

  return (
    <div class="scroll">
      <div class="page compose">
        <section class="compose-input" aria-label="Event">
          <div class="block-head">
            <h2>Compose an event</h2>
            <div class="segments" role="group" aria-label="Write as">
              <button
                type="button"
                aria-pressed={typed === undefined}
                onClick={() => setTyped(undefined)}
              >
                Form
              </button>
              <button
                type="button"
                aria-pressed={typed !== undefined}
                onClick={() => setTyped(typed ?? body)}
              >
                JSON
              </button>
            </div>
          </div>
          {typed === undefined ? (
            <ComposeForm draft={draft} prepared={prepared} onChange={setDraft} />
          ) : (
            <BodyEditor
              text={typed}
              pixelId={draft.pixelId}
              onText={setTyped}
              onPixel={(pixelId) => setDraft({ ...draft, pixelId })}
            />
          )}
        </section>
        <section class="compose-output" aria-label="Call">
          <div class="button-row send-row">
            <button type="button" class="button primary" onClick={() => void send()}>
              Send to the emulator
            </button>
            {typed === undefined && (
              <button type="button" class="button" onClick={() => void sendPair()}>
                Send with its browser half
              </button>
            )}
          </div>
          {error !== '' && (
            <p class="verdict bad" role="alert">
              {error}
            </p>
          )}
          {answer && <AnswerView answer={answer} />}
          <div class="block-head">
            <h3>The call</h3>
            <div class="button-row">
              <CopyButton
                label="curl"
                what="Copy as curl"
                text={() =>
                  callAsCurl({
                    origin: location.origin,
                    pixelId: draft.pixelId,
                    body: parsed(body),
                  })
                }
              />
              <CopyButton
                label="TypeScript"
                what="Copy as TypeScript"
                text={() => payloadAsTypeScript(firstEvent(body))}
              />
            </div>
          </div>
          <p class="mono quiet call-line">
            POST /{API_VERSION}/{draft.pixelId}/events
          </p>
          {typed === undefined && <Code label="Body of the call">{body}</Code>}
        </section>
      </div>
    </div>
  )
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

function firstEvent(body: string): Readonly<Record<string, unknown>> {
  const value = parsed(body)
  const data = isFields(value) ? value['data'] : undefined
  const first: unknown = Array.isArray(data) ? data[0] : undefined
  return isFields(first) ? first : {}
}
