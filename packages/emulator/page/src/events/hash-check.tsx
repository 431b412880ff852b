import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { loadCore } from '../core/load-core.ts'
import { checkPlaintext, type PlaintextCheck } from '../model/check-plaintext.ts'
import { textOf } from '../model/payload.ts'
import { Icon } from '../ui/icon.tsx'

interface HashCheckProps {
  readonly name: string
  readonly hash: string
}

/** Checks a text against the hash. The text stays in this field: it is neither sent nor stored. */
export function HashCheck({ name, hash }: HashCheckProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false)
  const [check, setCheck] = useState<PlaintextCheck | 'not_loaded'>()
  if (!isOpen) {
    return (
      <button type="button" class="link-button" onClick={() => setIsOpen(true)}>
        Check a plaintext against this hash
      </button>
    )
  }
  const change = async (input: HTMLInputElement) => {
    const text = input.value
    const found =
      text === ''
        ? undefined
        : await loadCore().then(
            (core) => checkPlaintext({ key: name, text, hash }, core),
            () => 'not_loaded' as const,
          )
    // What was typed meanwhile has its own answer.
    if (input.value === text) setCheck(found)
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
        onInput={(event) => void change(event.currentTarget)}
      />
      <span role="status">{check && <Verdict check={check} />}</span>
    </div>
  )
}

function Verdict({ check }: { readonly check: PlaintextCheck | 'not_loaded' }): JSX.Element {
  if (check === 'not_loaded') {
    return <span class="mark bad">The emulator does not answer. Is it still running?</span>
  }
  switch (check.result) {
    case 'prepared':
      return (
        <span class="mark good">
          <Icon name="check" />
          Matches, as @capi/core prepares it
          {check.country !== undefined && ` for ${check.country}`}
        </span>
      )
    case 'as_typed':
      return (
        <span class="mark bad">
          <Icon name="alert" />
          Matches only as typed;{' '}
          {check.prepared === undefined
            ? '@capi/core would not send it'
            : `@capi/core hashes ${textOf(check.prepared, 60)}`}
        </span>
      )
    case 'no_match':
      return (
        <span class="mark bad">
          <Icon name="cross" />
          Does not match
        </span>
      )
  }
}
