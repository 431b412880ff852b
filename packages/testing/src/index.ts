export { type FakeClock, fakeClock } from './fake-clock.ts'
export {
  refused,
  type ScriptedFetch,
  type SentRequest,
  scriptedFetch,
  taken,
} from './scripted-fetch.ts'
