export { outboxBattery } from './outbox-test/outbox-battery.ts'
export {
  type Matchers,
  type OutboxBounds,
  type OutboxSubject,
  outboxItem,
  type TestRunner,
} from './outbox-test/outbox-subject.ts'
