import type { RunningDemo } from './run-demo.ts'
import type { Destination } from './start-plan.ts'

/** What `pnpm start` prints once everything runs. */
export function greeting(demo: RunningDemo, destination: Destination): string {
  switch (destination.kind) {
    case 'emulator':
      return `
  Shop      ${demo.url}
  Emulator  ${demo.emulatorUrl ?? ''}

  1. Open the emulator page: it stands in for Meta and shows every event as it arrives.
  2. Open ${demo.url}/?fbclid=demo-click, as if you came from an ad, and allow what it asks for.
  3. Buy something. The purchase arrives twice and is counted once.
  Ctrl-C stops both.
`
    case 'server':
      return `
  Shop      ${demo.url}
  Events    ${destination.url} (CAPI_BASE_URL)

  Open ${demo.url}/?fbclid=demo-click, buy something, and watch it arrive there.
  Ctrl-C stops the shop.
`
    case 'meta':
      return `
  Shop      ${demo.url}
  Events    go to Meta itself: CAPI_BASE_URL is empty, so no emulator runs.

${testCodeHint(destination.testEventCode)}
  Ctrl-C stops the shop.
`
    default:
      return destination satisfies never
  }
}

function testCodeHint(testEventCode: string | undefined): string {
  return testEventCode === undefined
    ? `  Set META_TEST_EVENT_CODE to see the events under "Test events" in the Events Manager.
  With a code or without, they count like any other: use a dataset of your own.`
    : `  Test code ${testEventCode}: look under "Test events" in the Events Manager.
  Test events still count like any other: use a dataset of your own.`
}
