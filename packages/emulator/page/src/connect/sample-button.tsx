import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { API_VERSION } from '../model/copy-as.ts'
import { SAMPLE_PIXEL, samplePair } from '../model/sample.ts'
import { postEvents } from '../state/api.ts'
import { messageOf } from '../state/reports.ts'
import { navigate } from '../state/route.ts'

/** Sends one purchase twice, as the browser's pixel and as a server. */
export function SampleButton(): JSX.Element {
  const [error, setError] = useState('')
  const send = () => {
    sendPair().catch((reason: unknown) => setError(messageOf(reason)))
  }
  const sendPair = async () => {
    const { browserQuery, serverBody } = samplePair(Date.now())
    await fetch(`/tr?${browserQuery}`)
    await postEvents(`/${API_VERSION}/${SAMPLE_PIXEL}/events`, JSON.stringify(serverBody))
    navigate({ tab: 'events', params: {} })
  }
  return (
    <div class="sample">
      <button type="button" class="button primary" onClick={send}>
        Send a sample pair
      </button>
      {error === '' ? (
        <span class="quiet">One purchase, from the browser and from the server.</span>
      ) : (
        <span class="mark bad" role="alert">
          {error}
        </span>
      )}
    </div>
  )
}
