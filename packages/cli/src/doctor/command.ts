import { Command } from 'commander'
import { withClientFlags } from '../shell/client-flags.ts'
import type { CommandMaker } from '../shell/start.ts'
import type { DoctorOptions } from './doctor.ts'

/** `capi doctor`: what would keep events from arriving. */
export const doctorCommand: CommandMaker = (start) =>
  withClientFlags(new Command('doctor'))
    .description('check Node.js, variables, token, dataset, clock and version; sends no event')
    .option('--no-online', 'ask nothing over the network')
    .option('--strict', 'end with an error for warnings too')
    .action(
      start(async (terminal, options: DoctorOptions) => {
        const { doctor } = await import('./doctor.ts')
        return await doctor(terminal, options)
      }),
    )
