// @boundaries-ignore the world and the samples of core's own tests
export { app, hash, lead } from '../../test/event/samples.ts'
// @boundaries-ignore as above
export {
  buy,
  PIXEL,
  page,
  person,
  sum,
  TOKEN,
  testWorld,
} from '../../test/test-world.ts'
