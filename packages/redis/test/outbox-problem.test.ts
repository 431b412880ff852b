import { expect, it } from 'vitest'
import { toOutboxError } from '../src/outbox-problem.ts'

/** As answered to a script, 2026-11-28. */
it.each([
  // 6.2.16
  [
    'memory_full',
    "ERR Error running script (call to f_d2): @user_script:1: @user_script: 1: -OOM command not allowed when used memory > 'maxmemory'.",
  ],
  [
    'unreachable',
    'ERR Error running script (call to f_d2): @user_script:1: @user_script: 1: -NOREPLICAS Not enough good replicas to write.',
  ],
  [
    'unreachable',
    "ERR Error running script (call to f_d2): @user_script:1: @user_script: 1: -READONLY You can't write against a read only replica.",
  ],
  [
    'io',
    'ERR Error running script (call to f_d2): @user_script:1: @user_script: 1: -MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.',
  ],
  [
    'misconfigured',
    "ERR Error running script (call to f_d2): @user_script:1: @user_script: 1: The user executing the script can't run this command or subcommand",
  ],
  // 7.0.15
  [
    'memory_full',
    "OOM command not allowed when used memory > 'maxmemory'. script: d2, on @user_script:1.",
  ],
  [
    'unreachable',
    "READONLY You can't write against a read only replica. script: d2, on @user_script:1.",
  ],
  [
    'misconfigured',
    "ERR The user executing the script can't run this command or subcommand script: d2, on @user_script:1.",
  ],
  // 8.0.2
  [
    'misconfigured',
    "ERR ACL failure in script: User default has no permissions to run the 'hsetnx' command script: d2, on @user_script:1.",
  ],
  ['misconfigured', 'NOPERM this user has no permissions to run the evalsha command'],
  [
    'unknown',
    'ERR Error running script (call to f_d2): @user_script:1: user_script:1: attempt to index a nil value',
  ],
])('calls it %s: %s', (problem, said) => {
  expect(toOutboxError(new Error(said))).toMatchObject({ problem })
})
