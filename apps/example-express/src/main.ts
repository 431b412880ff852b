import { giveUp } from './give-up.ts'
import { runShop } from './run-shop.ts'
import { onStopSignal } from './stop-signals.ts'

try {
  const shop = await runShop(process.env, Number(process.env['PORT'] || 3000))
  onStopSignal(shop.stop)
  console.log(`Shop  ${shop.url}`)
} catch (error) {
  giveUp(error)
}
