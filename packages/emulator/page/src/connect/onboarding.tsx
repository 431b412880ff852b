import type { JSX } from 'preact'
import { curlSnippet, envSnippet, TYPESCRIPT_SNIPPET } from '../model/sample.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { SampleButton } from './sample-button.tsx'

/** What to do first. It is also what an empty list of events shows. */
export function Onboarding({ isEmpty = false }: { readonly isEmpty?: boolean }): JSX.Element {
  return (
    <div class="page narrow">
      <header class="page-head">
        <h2>{isEmpty ? 'Waiting for the first event' : 'Connect your app'}</h2>
        <p class="lead">
          Events appear here the moment they arrive, judged as Meta would. Any dataset id and any
          token will do; nothing leaves this machine.
        </p>
        <SampleButton />
      </header>
      <ol class="steps">
        <li>
          <CodeBlock
            title="Point your app here"
            note="In .env of an app that uses @capi/core, or as the base URL of any other client."
            text={envSnippet(location.origin)}
          />
        </li>
        <li>
          <CodeBlock
            title="Or send a Purchase from a terminal"
            text={curlSnippet(location.origin)}
          />
        </li>
        <li>
          <CodeBlock title="Or from TypeScript" text={TYPESCRIPT_SNIPPET} />
        </li>
      </ol>
    </div>
  )
}
