import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { checkPlaintext, type PlaintextCheck } from '../model/check-plaintext.ts'
import { Icon } from '../ui/icon.tsx'

interface HashCheckProps {
  readonly name: string
  readonly hash: string
}

/** Checks a text against the hash. The text stays in this field: it is neither sent nor stored. */
export function HashCheck({ name, hash }: HashCheckProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false)
  const [check, setCheck] = useState<PlaintextCheck>()
  if (!isOpen) {
    return (
      <button type="button" class="link-button" onClick={() => setIsOpen(true)}>
        Check a plaintext against this hash
      </button>
    )
  }
  const change = async (text: string) => {
    setCheck(text === '' ? undefined : await checkPlaintext(text, hash))
  }
  return (
    <div class="hash-check">
      <input
        type="text"
        aria-label={`Plaintext to check against ${name}`}
        placeholder="Stays in this page"
        autocomplete="off"
        spellcheck={false}
        ref={(input) => {
          if (input && check === undefined && input.value === '') input.focus()
        }}
        onInput={(event) => void change(event.currentTarget.value)}
      />
      <span role="status">{check && <Verdict check={check} />}</span>
    </div>
  )
}

function Verdict({ check }: { readonly check: PlaintextCheck }): JSX.Element {
  switch (check.result) {
    case 'match':
      return (
        <span class="mark good">
          <Icon name="check" />
          Matches, {check.label}
        </span>
      )
    case 'no_match':
      return (
        <span class="mark bad">
          <Icon name="cross" />
          Does not match
        </span>
      )
    case 'unavailable':
      return <span class="mark bad">Browsers hash only on localhost or HTTPS</span>
  }
}
