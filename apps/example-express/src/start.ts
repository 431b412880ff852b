import { giveUp } from './give-up.ts'
import { greeting } from './greeting.ts'
import { runDemo } from './run-demo.ts'
import { planStart } from './start-plan.ts'
import { onStopSignal } from './stop-signals.ts'

const result = planStart(process.env)
if (result.ok) {
  try {
    const demo = await runDemo(result.plan)
    onStopSignal(demo.stop)
    console.log(greeting(demo, result.plan.destination))
  } catch (error) {
    giveUp(error)
  }
} else {
  giveUp(result.problem)
}
