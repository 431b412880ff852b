import type { CapiOptions } from '@capi/core'
import { CapiRecorder, Recording } from './capi-recorder.ts'
import { RECORDING } from './tokens.ts'

/** What is used of `@nestjs/testing`. */
interface TestingBuilder {
  /** Nest's own: replaces a provider. */
  overrideProvider(token: unknown): {
    /** By this value. */
    useValue(value: unknown): unknown
  }
}

/** For tests of an application that imports `CapiModule` already. */
export const CapiTesting = {
  /**
   * Every client of the application keeps its options but its network: nothing leaves the process, the environment counts for nothing, and the
   * recorder has what Meta would get. `client`, `outbox` and `gateway` of the application are left out.
   * @param options win over those of the application; with `fetch`, the emulator's for example, that answers.
   * @example
   * const builder = Test.createTestingModule({ imports: [AppModule] })
   * const recorder = CapiTesting.override(builder)
   * const app = (await builder.compile()).createNestApplication()
   */
  override(builder: TestingBuilder, options: CapiOptions = {}): CapiRecorder {
    const recording = new Recording(options)
    builder.overrideProvider(RECORDING).useValue(recording)
    return new CapiRecorder(recording)
  },
} as const
