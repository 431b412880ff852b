import type { JSX } from 'preact'
import { pixelCallSnippet, pixelSnippet, TEST_SNIPPET } from '../model/sample.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { Onboarding } from './onboarding.tsx'

export function ConnectTab(): JSX.Element {
  return (
    <div class="scroll">
      <Onboarding />
      <div class="page narrow more">
        <h2>More ways in and out</h2>
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
        <section class="block">
          <h3>Take the events with you</h3>
          <p class="quiet">One JSON line each; another emulator can import them.</p>
          <p class="button-row samples">
            <a class="button" href="/__capi/export.ndjson" download="capi-events.ndjson">
              Download as NDJSON
            </a>
          </p>
        </section>
      </div>
    </div>
  )
}
