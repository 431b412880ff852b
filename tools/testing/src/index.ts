export { type AbortListeners, abortListeners } from './abort-listeners.ts'
export { type AdapterWorld, adapterWorld } from './adapter-world.ts'
export { collectorBattery } from './collector-battery.ts'
export type { CollectorTestOptions } from './collector-cases/collector-subject.ts'
export { type CountingMeta, countingMeta } from './counting-meta.ts'
export { type CuttableProxy, cuttableProxy } from './cuttable-proxy.ts'
export { expectNothingLost } from './expect-storm.ts'
export { type FakeClock, fakeClock } from './fake-clock.ts'
export { DEFECTS, type MessyOrder, messyOrders } from './messy-orders.ts'
export { ORDER_STORE_ANSWERS, orderStoreAnswers } from './order-store-cases.ts'
export { type Chance, chance } from './random.ts'
export { readmeModule } from './readme-module.ts'
export { hasRedis, type RedisServer, startRedis } from './redis-server.ts'
export { passInRedis, takeOverInRedis } from './redis-time.ts'
export { type RemoteSubject, remoteBattery } from './remote-battery.ts'
export {
  type Answer,
  type RequestSubject,
  requestBattery,
  type ServedRequests,
} from './request-battery.ts'
export type { RequestCase, RequestSetup } from './request-cases/request-case.ts'
export { REQUEST_CASES } from './request-cases.ts'
export { type Child, runChild } from './run-child.ts'
export { MARKS, scribble } from './scribble.ts'
export {
  refused,
  type ScriptedFetch,
  type SentRequest,
  scriptedFetch,
  taken,
} from './scripted-fetch.ts'
export { type Storm, storm } from './storm.ts'
export type { StormReport } from './storm-report.ts'
export { stormShop } from './storm-shop.ts'
export { strayErrors } from './stray-errors.ts'
