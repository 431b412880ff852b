import type { JSX } from 'preact'
import { ConnectSteps } from '../connect/onboarding.tsx'
import { FILTER_KEYS } from '../model/filter-keys.ts'
import { KEYS } from '../state/keyboard.ts'
import { Dialog } from '../ui/dialog.tsx'

export function HelpDialog(): JSX.Element {
  return (
    <Dialog id="help" title="Help">
      <details>
        <summary>Connect your app</summary>
        <ConnectSteps />
      </details>
      <h3>Keys</h3>
      <dl class="help-list">
        {KEYS.map(({ keys, means }) => (
          <div key={means}>
            <dt>
              {keys.map((key, index) => (
                <>
                  {index > 0 && (keys[0] === '1' ? ' – ' : ' ')}
                  <kbd>{key}</kbd>
                </>
              ))}
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
      <h3>Filters</h3>
      <p class="quiet">
        All conditions must hold. A leading <code>-</code> turns one round, quotes keep words
        together, anything else is searched as text in the whole event.
      </p>
      <dl class="help-list wide">
        {Object.entries(FILTER_KEYS).map(([key, { example, means }]) => (
          <div key={key}>
            <dt>
              <code>{example}</code>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
