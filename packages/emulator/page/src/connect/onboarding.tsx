import type { JSX } from 'preact'
import {
  curlSnippet,
  envSnippet,
  pixelCallSnippet,
  pixelSnippet,
  TEST_SNIPPET,
  TYPESCRIPT_SNIPPET,
} from '../model/sample.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { SampleButton } from './sample-button.tsx'

/** What an empty list of events shows: what to do first. */
export function Onboarding(): JSX.Element {
  return (
    <div class="page narrow">
      <header class="page-head">
        <h2>Waiting for the first event</h2>
        <p class="lead">
          Events appear here the moment they arrive, judged as Meta would. Any dataset id and any
          token will do; nothing leaves this machine.
        </p>
        <SampleButton />
      </header>
      <ConnectSteps />
    </div>
  )
}

/** Each way to send events here. The help shows it too. */
export function ConnectSteps(): JSX.Element {
  return (
    <div class="steps">
      <CodeBlock
        title="Point your app here"
        note="In .env of an app that uses @capi/core, or as the base URL of any other client."
        text={envSnippet(location.origin)}
      />
      <CodeBlock title="Send a Purchase from a terminal" text={curlSnippet(location.origin)} />
      <CodeBlock title="Send one from TypeScript" text={TYPESCRIPT_SNIPPET} />
      <CodeBlock
        title="The browser’s half, from a page"
        note="Meta’s own snippet with the emulator’s script. With the server’s event id, the two are counted once."
        text={pixelSnippet(location.origin)}
      />
      <CodeBlock
        title="The browser’s half, from a terminal"
        text={pixelCallSnippet(location.origin)}
      />
      <CodeBlock title="In a test, without a port" text={TEST_SNIPPET} />
    </div>
  )
}
