import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import {
  API_VERSION,
  callAsCurlForHost,
  callAsCurlForMeta,
  eventsPath,
  payloadAsTypeScript,
} from '../model/copy-as.ts'
import { type Fields, isFields } from '../model/payload.ts'
import { type Answer, postEvents } from '../state/api.ts'
import { messageOf } from '../state/reports.ts'
import { type ResendDraft, resendDraft } from '../state/resend.ts'
import { Code } from '../ui/code.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Field } from '../ui/field.tsx'
import { AnswerView } from './answer-view.tsx'
import { BodyEditor } from './body-editor.tsx'

const TARGETS = { here: 'Here', host: 'Another host', meta: 'Meta' } as const
type Target = keyof typeof TARGETS

/** Sends a call again: here, to another host, or to Meta as a test. */
export function ResendDrawer(): JSX.Element {
  const [target, setTarget] = useState<Target>('here')
  const draft = resendDraft.value
  return (
    <>
      <BodyEditor
        draft={draft}
        onChange={(next) => {
          resendDraft.value = next
        }}
      />
      <div class="block-head send-row">
        <h3 id="send-to">Send to</h3>
        <div class="segments" role="group" aria-labelledby="send-to">
          {Object.entries(TARGETS).map(([id, title]) => (
            <button
              key={id}
              type="button"
              aria-pressed={target === id}
              onClick={() => setTarget(id as Target)}
            >
              {title}
            </button>
          ))}
        </div>
        <CopyButton
          label="TypeScript"
          what="Copy as TypeScript"
          text={() => payloadAsTypeScript(firstEvent(parsed(draft.text)))}
        />
      </div>
      {target === 'here' && <SendHere draft={draft} />}
      {target === 'host' && <SendElsewhere draft={draft} />}
      {target === 'meta' && <SendToMeta draft={draft} />}
    </>
  )
}

interface SendProps {
  readonly draft: ResendDraft
}

function SendHere({ draft: { pixelId, text } }: SendProps): JSX.Element {
  const [answer, setAnswer] = useState<Answer>()
  const [error, setError] = useState('')
  const send = async () => {
    setError('')
    setAnswer(undefined)
    await postEvents(`/${API_VERSION}/${encodeURIComponent(pixelId)}/events`, text).then(
      setAnswer,
      (reason: unknown) => setError(messageOf(reason)),
    )
  }
  return (
    <div class="form">
      <p class="button-row">
        <button type="button" class="button primary" onClick={() => void send()}>
          Send to the emulator
        </button>
        <span class="mono quiet call-line">
          POST /{API_VERSION}/{pixelId}/events
        </span>
      </p>
      {error !== '' && (
        <p class="verdict bad" role="alert">
          {error}
        </p>
      )}
      {answer && <AnswerView answer={answer} />}
    </div>
  )
}

function SendElsewhere({ draft: { pixelId, text } }: SendProps): JSX.Element {
  const [host, setHost] = useState('')
  const isHost = /^https?:\/\/[^\s/]+/.test(host)
  return (
    <div class="form">
      <Field label="Host" value={host} placeholder="https://staging.example" onChange={setHost} />
      <p class="quiet">
        This page may talk to its own emulator only, so the call is a command for your terminal.
      </p>
      {isHost && <Command text={callAsCurlForHost(host, pixelId, parsed(text))} />}
    </div>
  )
}

function SendToMeta({ draft: { pixelId, text } }: SendProps): JSX.Element {
  const body = parsed(text)
  const given = isFields(body) ? body['test_event_code'] : undefined
  const [code, setCode] = useState(typeof given === 'string' ? given : '')
  const isReady = code.trim() !== '' && isFields(body)
  return (
    <div class="form">
      <Field label="Test code" value={code} placeholder="TEST12345" onChange={setCode} />
      <p class={isReady ? 'quiet' : 'warn-text'}>
        {isReady
          ? 'The token comes from META_CAPI_ACCESS_TOKEN. The events show under Test events in Events Manager.'
          : 'The command needs a JSON body and a code from Events Manager > Test events: without it, the events would count.'}
      </p>
      {isReady && <Command text={callAsCurlForMeta(eventsPath(pixelId), body, code.trim())} />}
    </div>
  )
}

function Command({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      <p class="button-row">
        <CopyButton label="curl" what="Copy as curl" text={() => text} />
      </p>
      <Code label="Command">{text}</Code>
    </>
  )
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

function firstEvent(value: unknown): Fields {
  const data = isFields(value) ? value['data'] : undefined
  const first: unknown = Array.isArray(data) ? data[0] : undefined
  return isFields(first) ? first : {}
}
