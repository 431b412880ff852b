import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { loadCore } from '../core/load-core.ts'
import { hrefWith, route } from '../state/route.ts'
import { lazyView } from '../ui/lazy-view.tsx'

interface JourneyProps {
  readonly event: CapturedEvent
}

const { View: Picture } = lazyView<JourneyProps>(async () => {
  const [core, { JourneyPicture }] = await Promise.all([
    loadCore(),
    import('./journey-picture.tsx'),
  ])
  return (props) => <JourneyPicture {...props} core={core} />
})

/** The visitor's other events, while the address asks for them. */
export function Journey({ event }: JourneyProps): JSX.Element | null {
  const section = useRef<HTMLElement>(null)
  const isOpen = route.value.params['journey'] !== undefined
  // The link that opens it may stand far below.
  useEffect(() => {
    section.current?.focus({ preventScroll: true })
    section.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  if (!isOpen) return null
  return (
    <section class="block journey-block" aria-labelledby="journey" tabIndex={-1} ref={section}>
      <div class="block-head">
        <h3 id="journey">Journey</h3>
        <a href={hrefWith({ journey: '' })}>Close the journey</a>
      </div>
      <Picture event={event} />
    </section>
  )
}
