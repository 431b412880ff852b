/** What users run the packages on. The oldest is the one that `engines` promises. */
export const NODES = ['22.13.0', '22.23.3', '24.21.0', '26.10.0'] as const

/** The compilers users have. Each checks; what runs is the output of the one that is named here. */
export const TYPESCRIPTS = ['5.9.3', '6.0.3', '7.0.2'] as const
export const EMITS = { nodenext: '6.0.3', bundler: '7.0.2' } as const

/** What @capi/emulator/vitest is tested on, by the name of its rows. */
export const VITESTS = [
  ['vitest 3', '3.2.7'],
  ['vitest 4', '4.1.12'],
  ['vitest 5', '5.1.1'],
] as const

export const TOOLS_OF_EXAMPLES = { tsup: '9.0.0', typescript: '6.0.3', vitest: '5.1.1' } as const

/** Below it, Node.js runs no TypeScript without a flag, and neither Vitest nor the examples' scripts. */
export const OLDEST_FOR_TOOLS = '22.18.0'
