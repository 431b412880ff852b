/** With which code a command ends, and what it means. Scripts branch on these: a code keeps its meaning. */
export const EXIT_CODES = {
  ok: { code: 0, means: 'done' },
  unexpected: { code: 1, means: 'a fault of this program' },
  usage: { code: 2, means: 'the command line or a file cannot be used; nothing was done' },
  gate: { code: 3, means: 'done, and what was checked does not pass' },
  access: { code: 4, means: 'a token, a permission, a dataset or a setting is missing or refused' },
  partial: { code: 5, means: 'done in part; what failed is listed' },
  remote: { code: 6, means: 'Meta, the emulator or an outbox cannot be reached, or is busy' },
  interrupted: { code: 130, means: 'stopped by Ctrl-C' },
} as const

/** The name of a row. */
export type Exit = keyof typeof EXIT_CODES
